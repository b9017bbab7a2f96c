"""Checks before a server or a worker serves anybody but the person at this machine."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from importlib.util import find_spec
from tempfile import TemporaryFile

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage
from django.core.mail.message import sanitize_address
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http.request import validate_host

from config.environment import SECRET_KEY_LENGTH, is_loopback
from config.serve.database import refuse_unless_database_serves
from pagecache import versions

SECRET_KEY_VARIETY = 12  # different characters; keys typed by hand have fewer


@contextmanager
def exit_with_message() -> Iterator[None]:
    """Exit with one line that names the wrong setting, and not with a traceback."""
    try:
        yield
    except ImproperlyConfigured as error:
        raise SystemExit(f"Parley does not start. {error}") from None


def refuse_unless_safe() -> None:
    """Raise ImproperlyConfigured with the first setting that is not safe to serve with."""
    for check in (
        _secret_key,
        _allowed_hosts,
        _debug,
        _site_url,
        _email,
        refuse_unless_writable,
        _cache,
    ):
        check()


def refuse_unless_migrated() -> None:
    try:
        behind = unapplied_migrations()
    except OperationalError:
        # Pages answer 503 until the database is back; restarting would not bring it back sooner
        return
    if behind:
        raise ImproperlyConfigured(
            "The database is behind the code: run python3 manage.py migrate."
        )


def unapplied_migrations() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def refuse_unless_reachable() -> None:
    refuse_unless_database_serves()
    if versions.are_shared() and versions.current() is None:
        raise ImproperlyConfigured("The cache at CACHE_URL cannot be reached.")


def _secret_key() -> None:
    key = os.environ.get("SECRET_KEY", "")
    if not key:
        raise ImproperlyConfigured(
            f"SECRET_KEY is not set: give it at least {SECRET_KEY_LENGTH} random characters."
        )
    varied = len(set(key)) >= SECRET_KEY_VARIETY
    if len(key) < SECRET_KEY_LENGTH or not varied or key.startswith("django-insecure-"):
        raise ImproperlyConfigured(
            f"SECRET_KEY is too easy to guess: give it at least {SECRET_KEY_LENGTH} random "
            "characters."
        )


def _allowed_hosts() -> None:
    hosts = settings.ALLOWED_HOSTS
    if not hosts:
        raise ImproperlyConfigured(
            "ALLOWED_HOSTS is not set: name the host of the site, such as example.org."
        )
    for host in hosts:
        if host == "*" or (host.startswith(".") and "." not in host[1:]):
            raise ImproperlyConfigured(
                f"ALLOWED_HOSTS must not allow every host ({host}): name the host of the site."
            )


def _debug() -> None:
    if settings.DEBUG and not all(map(is_loopback, [*settings.ALLOWED_HOSTS, settings.SITE_HOST])):
        raise ImproperlyConfigured("DEBUG is true: it shows secrets to everybody, set it to false.")


def _site_url() -> None:
    if not settings.HTTPS and not is_loopback(settings.SITE_HOST):
        raise ImproperlyConfigured(f"SITE_URL must begin with https://, not {settings.SITE_URL}.")
    host = f"[{settings.SITE_HOST}]" if ":" in settings.SITE_HOST else settings.SITE_HOST
    if not validate_host(host, settings.ALLOWED_HOSTS):
        raise ImproperlyConfigured(
            f"ALLOWED_HOSTS must contain {settings.SITE_HOST}, the host of SITE_URL."
        )


def _email() -> None:
    """Check the sender by building one email."""
    message = EmailMessage(settings.SITE_NAME, "Words.", to=["reader@example.org"])
    try:
        sanitize_address(settings.DEFAULT_FROM_EMAIL, "utf-8")  # the envelope
        written = message_from_bytes(message.message().as_bytes(), policy=policy.default)
        [mailbox] = written["From"].addresses
    except ValueError as error:
        raise ImproperlyConfigured(
            f"EMAIL_FROM and SITE_NAME make no sender of emails: {error}."
        ) from None
    if mailbox.addr_spec not in settings.DEFAULT_FROM_EMAIL:
        raise ImproperlyConfigured("EMAIL_FROM must look like Parley <noreply@example.org>.")


def refuse_unless_writable() -> None:
    try:
        with TemporaryFile(dir=settings.DATA_DIR):
            if not versions.are_shared():
                versions.refuse_unless_writable()
    except OSError as error:
        raise ImproperlyConfigured(
            f"DATA_DIR cannot be written to ({settings.DATA_DIR}): {error.strerror}."
        ) from None


def _cache() -> None:
    if versions.are_shared() and not find_spec("redis"):
        raise ImproperlyConfigured("CACHE_URL needs the package redis: run uv sync --extra redis.")
