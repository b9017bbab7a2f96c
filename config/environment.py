"""What the environment says, parsed strictly: a value that means nothing stops the start and names its variable."""

import re
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "::1")

YES = {"true", "yes", "on", "1"}
NO = {"false", "no", "off", "0"}

RATE = re.compile(r"(?P<amount>[1-9]\d{0,5})/(?P<unit>[smhd])")
SECONDS = {"s": 1, "m": 60, "h": 60 * 60, "d": 24 * 60 * 60}

# FULL: what was answered as written survives a power cut, too. IMMEDIATE: a writer waits for its
# turn at the start of its transaction, where waiting is possible, and not in the middle, where it is not.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA cache_size=-20000;"
        "PRAGMA mmap_size=134217728;PRAGMA temp_store=MEMORY;PRAGMA journal_size_limit=67108864;"
    ),
}
# A page waits three seconds for a database that is away, and a pool that gave up asks anew when the next page does:
# by itself it would ask less and less often.
POSTGRESQL_POOL = {"min_size": 1, "max_size": 8, "timeout": 3, "reconnect_timeout": 3}

# A page is made in a fraction of that.
REDIS_OPTIONS = {"socket_timeout": 0.25, "socket_connect_timeout": 0.25}

SMTP_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}

Rate = tuple[int, int]  # amount, seconds


class MailServer(NamedTuple):
    transport: str
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False


def mailbox(name: str, address: str) -> str:
    """Return name and address as one mailbox of a header, whatever the name is made of."""
    # Not email.utils.formataddr alone: it escapes what is ASCII, and Django encodes the rest.
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}" <{address}>' if name else address


def is_loopback(host: str) -> bool:
    return host.strip("[]") in LOOPBACK_HOSTS


class Environment(environ.Env):  # type: ignore[misc]
    def bool(self, var: str, default: Any = environ.Env.NOTSET) -> bool:
        value = str(self.str(var, default=default)).strip().lower()
        if value not in YES | NO:
            raise ImproperlyConfigured(f"{var} must be true or false, not {value!r}.")
        return value in YES

    def int(self, var: str, default: Any = environ.Env.NOTSET) -> int:
        value = str(self.str(var, default=default)).strip()
        if not re.fullmatch(r"\d{1,9}", value):
            raise ImproperlyConfigured(f"{var} must be a whole number, not {value!r}.")
        return int(value)

    def words(self, var: str) -> list[str]:
        """A list written with commas, spaces around them or not."""
        return [word.strip() for word in self.str(var, default="").split(",") if word.strip()]

    def rate(self, var: str, default: str) -> Rate:
        """Written as 20/m."""
        value = self.str(var, default=default)
        match = RATE.fullmatch(value)
        if not match:
            raise ImproperlyConfigured(f"{var} must be a number per s, m, h or d, such as 20/m, not {value!r}.")
        return int(match["amount"]), SECONDS[match["unit"]]

    def local_secret_key(self, data_dir: Path) -> str:
        """The key that `start` made for a site on this machine only; none where it never ran."""
        try:
            return (data_dir / "secret_key").read_text().strip()
        except OSError:
            return ""

    def site_url(self, allowed_hosts: list[str]) -> str:
        address: str = self.str("SITE_URL", default="").rstrip("/")
        if not address:
            return _assumed_site_url(allowed_hosts)
        parts = self._parts("SITE_URL", address)
        origin_alone = not (parts.path or parts.query or parts.fragment or parts.username)
        if parts.scheme not in {"http", "https"} or not parts.hostname or not origin_alone:
            raise ImproperlyConfigured(f"SITE_URL must look like https://example.org, not {address!r}.")
        return address

    def database(self, data_dir: Path) -> dict[str, Any]:
        url = self.str("DATABASE_URL", default="")
        if not url:
            return {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": data_dir / "parley.sqlite3",
                "OPTIONS": SQLITE_OPTIONS,
            }
        scheme = self._parts("DATABASE_URL", url).scheme
        if scheme not in {"postgres", "postgresql", "sqlite"}:
            raise ImproperlyConfigured("DATABASE_URL must begin with postgres:// or sqlite:///.")
        database: dict[str, Any] = self.db_url_config(url)
        if scheme == "sqlite":
            return database | {"OPTIONS": SQLITE_OPTIONS}
        return _pooled(database)

    def cache(self) -> dict[str, Any]:
        url = self.str("CACHE_URL", default="")
        if not url:
            return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
        parts = self._parts("CACHE_URL", url)
        if parts.scheme not in {"redis", "rediss"} or not parts.hostname:
            raise ImproperlyConfigured("CACHE_URL must look like redis://host:6379/0.")
        return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": url, "OPTIONS": REDIS_OPTIONS}

    def mail_server(self) -> MailServer:
        url = self.str("EMAIL_URL", default="")
        if not url:
            return MailServer("mail.backends.Outbox")
        parts = self._parts("EMAIL_URL", url)
        if parts.scheme not in SMTP_PORTS or not parts.hostname:
            raise ImproperlyConfigured("EMAIL_URL must look like smtp+tls://user:password@mail.example.org.")
        return MailServer(
            "django.core.mail.backends.smtp.EmailBackend",
            host=parts.hostname,
            port=parts.port or SMTP_PORTS[parts.scheme],
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            starttls=parts.scheme == "smtp+tls",
            tls=parts.scheme == "smtps",
        )

    def _parts(self, var: str, url: str) -> SplitResult:
        try:
            parts = urlsplit(url)
            _ = parts.port
        except ValueError:
            # The value may hold a password; the message must not.
            raise ImproperlyConfigured(f"{var} is not an address that can be read.") from None
        return parts


def _assumed_site_url(allowed_hosts: list[str]) -> str:
    if not allowed_hosts:
        return "http://localhost:8000"
    host = allowed_hosts[0]
    return f"http://{host}:8000" if is_loopback(host) else f"https://{host.lstrip('.')}"


def _pooled(database: dict[str, Any]) -> dict[str, Any]:
    options = database.get("OPTIONS", {})
    # An address that names a socket's folder: postgres://user@/name?host=/run/postgresql
    host = options.pop("host", database["HOST"])
    return database | {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": host,
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 3} | options | {"pool": POSTGRESQL_POOL},
    }
