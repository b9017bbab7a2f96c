"""What must hold before a server or a worker serves anybody but the person at this machine."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from tempfile import TemporaryFile

from django.conf import settings
from django.core.cache import caches
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from config.environment import is_loopback

SECRET_KEY_LENGTH = 50
SECRET_KEY_VARIETY = 12  # different characters; keys typed by hand have fewer


@contextmanager
def in_one_line() -> Iterator[None]:
    """A wrong setting ends the process with one line that names it, not with a traceback."""
    try:
        yield
    except ImproperlyConfigured as error:
        raise SystemExit(f"Parley does not start. {error}") from None


def refuse_unless_safe() -> None:
    """Raises ImproperlyConfigured with the first setting that is not safe to serve with."""
    for check in (_secret_key, _allowed_hosts, _debug, _site_url, refuse_unless_writable, _cache):
        check()


def refuse_unless_migrated() -> None:
    try:
        behind = unapplied_migrations()
    except OperationalError:
        return  # pages answer 503 until the database is back; restarting would not bring it back sooner
    if behind:
        raise ImproperlyConfigured("The database is behind the code: run python3 manage.py migrate.")


def unapplied_migrations() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def refuse_unless_reachable() -> None:
    try:
        connection.ensure_connection()
    except OperationalError:
        raise ImproperlyConfigured(
            f"The database cannot be reached ({_database_place()}): check DATABASE_URL and that the server runs."
        ) from None
    if settings.CACHES["pages"]["BACKEND"].endswith("RedisCache"):
        try:
            caches["pages"].ping()
        except Exception:  # noqa: BLE001 - the client's errors are known only where it is installed
            raise ImproperlyConfigured("The cache at CACHE_URL cannot be reached.") from None


def _secret_key() -> None:
    key = os.environ.get("SECRET_KEY", "")
    if not key:
        raise ImproperlyConfigured(f"SECRET_KEY is not set: give it at least {SECRET_KEY_LENGTH} random characters.")
    varied = len(set(key)) >= SECRET_KEY_VARIETY
    if len(key) < SECRET_KEY_LENGTH or not varied or key.startswith("django-insecure-"):
        raise ImproperlyConfigured(
            f"SECRET_KEY is too easy to guess: give it at least {SECRET_KEY_LENGTH} random characters."
        )


def _allowed_hosts() -> None:
    hosts = settings.ALLOWED_HOSTS
    if not hosts:
        raise ImproperlyConfigured("ALLOWED_HOSTS is not set: name the host of the site, such as example.org.")
    for host in hosts:
        if host == "*" or (host.startswith(".") and "." not in host[1:]):
            raise ImproperlyConfigured(f"ALLOWED_HOSTS must not allow every host ({host}): name the host of the site.")


def _debug() -> None:
    if settings.DEBUG and not all(map(is_loopback, [*settings.ALLOWED_HOSTS, settings.SITE_HOST])):
        raise ImproperlyConfigured("DEBUG is true: it shows secrets to everybody, set it to false.")


def _site_url() -> None:
    if not settings.HTTPS and not is_loopback(settings.SITE_HOST):
        raise ImproperlyConfigured(f"SITE_URL must begin with https://, not {settings.SITE_URL}.")
    if not any(_covers(host, settings.SITE_HOST) for host in settings.ALLOWED_HOSTS):
        raise ImproperlyConfigured(f"ALLOWED_HOSTS must contain {settings.SITE_HOST}, the host of SITE_URL.")


def _covers(allowed: str, host: str) -> bool:
    if allowed.startswith("."):
        return host == allowed[1:] or host.endswith(allowed)
    return allowed.strip("[]") == host


def refuse_unless_writable() -> None:
    try:
        with TemporaryFile(dir=settings.DATA_DIR):
            pass
    except OSError as error:
        raise ImproperlyConfigured(f"DATA_DIR cannot be written to ({settings.DATA_DIR}): {error.strerror}.") from None


def _cache() -> None:
    if settings.CACHES["pages"]["BACKEND"].endswith("RedisCache") and not find_spec("redis"):
        raise ImproperlyConfigured("CACHE_URL needs the package redis: run uv sync --extra redis.")


def _database_place() -> str:
    database = settings.DATABASES["default"]
    return str(database.get("HOST") or database["NAME"])
