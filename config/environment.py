"""Settings from the environment, parsed strictly: an invalid value stops the start and
names its variable.
"""

import re
import unicodedata
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo

import environ
from django.core.exceptions import ImproperlyConfigured

from config.email_settings import MailServer, anymail, mail_server, sender
from config.language_settings import languages
from text.email_addresses import NotAnAddress, canonical_address, canonical_host

LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "::1")

YES = {"true", "yes", "on", "1"}
NO = {"false", "no", "off", "0"}

RATE = re.compile(r"(?P<amount>[1-9]\d{0,5})/(?P<unit>[smhd])", re.ASCII)
SECONDS = {"s": 1, "m": 60, "h": 60 * 60, "d": 24 * 60 * 60}
IP_ADDRESS = re.compile(r"[\d.]+|\[[0-9a-f:.]+\]")
DEFAULT_PORTS = {"http": 80, "https": 443}

SITE_NAME_MAX_LENGTH = 100
SECRET_KEY_LENGTH = 50
# A name may be in quotation marks, and a key may begin and end with anything.
MAY_BE_QUOTED = {"SITE_NAME", "EMAIL_FROM", "SECRET_KEY"}

# FULL: what was answered as written survives a power cut, too. IMMEDIATE: a writer waits for its
# turn at the start of its transaction, where waiting is possible. secure_delete: deleted text is
# overwritten (database/journal.py).
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA cache_size=-20000;"
        "PRAGMA mmap_size=134217728;PRAGMA temp_store=MEMORY;PRAGMA journal_size_limit=67108864;"
        "PRAGMA secure_delete=ON;"
    ),
}
# A page waits a second for a database that is away (then config.postgresql remembers it for
# another), and a pool that gave up asks anew when the next page does, not less and less often.
POSTGRESQL_POOL = {"min_size": 1, "max_size": 10, "timeout": 1, "reconnect_timeout": 1}
# Of a host that went away without a word, TCP would not tell for a quarter of
# an hour, or two hours where nothing was sent.
POSTGRESQL_OPTIONS = {
    "connect_timeout": 3,
    "tcp_user_timeout": 15_000,  # milliseconds
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
}

Rate = tuple[int, int]  # amount, seconds


def is_loopback(host: str) -> bool:
    return host.strip("[]") in LOOPBACK_HOSTS


class Environment(environ.Env):  # type: ignore[misc]
    def bool(self, var: str, default: bool | None = None) -> bool:
        value = str(self.ENVIRON.get(var, default)).strip().lower()
        if value not in YES | NO:
            raise ImproperlyConfigured(f"{var} must be true or false, not {value!r}.")
        return value in YES

    def int(self, var: str, default: int | None = None) -> int:
        value = str(self.ENVIRON.get(var, default)).strip()
        if not re.fullmatch(r"\d{1,9}", value, re.ASCII):
            raise ImproperlyConfigured(f"{var} must be a whole number, not {value!r}.")
        return int(value)

    def hosts(self, var: str) -> list[str]:
        """A list written with commas, spaces around them or not."""
        words = [word.strip().lower() for word in self.str(var).split(",")]
        return [_allowed_host(var, word) for word in words if word]

    def rate(self, var: str, default: str) -> Rate:
        """Written as 20/m."""
        value = self.str(var, default=default)
        match = RATE.fullmatch(value)
        if not match:
            raise ImproperlyConfigured(
                f"{var} must be a number per s, m, h or d, such as 20/m, not {value!r}."
            )
        return int(match["amount"]), SECONDS[match["unit"]]

    def choice(self, var: str, choices: list[str]) -> str:
        """Return one of these words; the first where nothing is set."""
        value = self.str(var, default=choices[0])
        if value not in choices:
            raise ImproperlyConfigured(f"{var} must be one of {', '.join(choices)}, not {value!r}.")
        return value

    def site_name(self) -> str:
        name = self.str("SITE_NAME", default="Parley")
        if len(name) > SITE_NAME_MAX_LENGTH or not any(
            char.isalnum() or ord(char) > 127 for char in name
        ):
            raise ImproperlyConfigured(
                f"SITE_NAME must have a letter or digit, and {SITE_NAME_MAX_LENGTH} characters "
                "at most."
            )
        return name

    def address(self, var: str, default: str) -> str:
        """An email address."""
        value = self.str(var)
        try:
            return canonical_address(value) if value else default
        except NotAnAddress:
            raise ImproperlyConfigured(f"{var} must be an email address, not {value!r}.") from None

    def time_zone(self) -> str:
        name = self.str("TIME_ZONE", default="UTC")
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError):
            message = (
                "TIME_ZONE must be a name of the time zone database, such as Europe/Berlin, not "
                f"{name!r}."
            )
            raise ImproperlyConfigured(message) from None
        return name

    def languages(self, locale: Path) -> list[tuple[str, str]]:
        return languages(self.str("LANGUAGES"), locale)

    def local_secret_key(self, data_dir: Path) -> str:
        """The key that `start` made for a site on this machine only; none where it never ran."""
        file = data_dir / "secret_key"
        try:
            key = file.read_text().strip()
        except (FileNotFoundError, NotADirectoryError):
            return ""
        except (OSError, UnicodeDecodeError) as error:
            raise ImproperlyConfigured(
                f"{file} cannot be read ({error}): set SECRET_KEY, or delete it."
            ) from None
        if len(key) < SECRET_KEY_LENGTH:
            state = "too short" if key else "empty"
            raise ImproperlyConfigured(
                f"{file} is {state}: delete it, and the next start makes a new key."
            )
        return key

    def site_url(self, allowed_hosts: list[str]) -> str:
        address = self.str("SITE_URL")
        if not address:
            return _assumed_site_url(allowed_hosts)
        parts = self._parts("SITE_URL", address)
        origin_alone = not (
            parts.path.strip("/") or parts.query or parts.fragment or parts.username
        )
        host = _host(parts.hostname or "")
        if parts.scheme not in DEFAULT_PORTS or not host or not origin_alone or parts.port == 0:
            raise ImproperlyConfigured(
                f"SITE_URL must look like https://example.org, not {address!r}."
            )
        # As browsers write it, who leave a default port out.
        is_default = parts.port in {None, DEFAULT_PORTS[parts.scheme]}
        return f"{parts.scheme}://{host}" + ("" if is_default else f":{parts.port}")

    def database(self, data_dir: Path) -> dict[str, Any]:
        url = self.str("DATABASE_URL")
        if not url:
            return _sqlite(data_dir / "parley.sqlite3")
        parts = self._parts("DATABASE_URL", url)
        if parts.scheme not in {"postgres", "postgresql", "sqlite"}:
            raise ImproperlyConfigured("DATABASE_URL must begin with postgres:// or sqlite:///.")
        if parts.fragment or not parts.path.strip("/"):
            raise ImproperlyConfigured(
                "DATABASE_URL must end with the name of the database. Write '#' in a password as "
                "%23,"
                " '?' as %3F and '/' as %2F."
            )
        database: dict[str, Any] = self.db_url_config(url)
        if parts.scheme == "sqlite":
            return _sqlite(database["NAME"])
        return _pooled(database)

    def cache_url(self) -> str:
        url = self.str("CACHE_URL")
        if not url:
            return ""
        parts = self._parts("CACHE_URL", url)
        number = parts.path.strip("/")
        if (
            parts.scheme not in {"redis", "rediss"}
            or not parts.hostname
            or parts.fragment
            or not _is_number(number)
        ):
            raise ImproperlyConfigured("CACHE_URL must look like redis://host:6379/0.")
        return url

    def mail_server(self) -> MailServer:
        return mail_server(self.str("EMAIL_URL"))

    def anymail(self) -> dict[str, Any]:
        """Return the settings of django-anymail, whose webhooks report bounces; {} for none."""
        values = {name: self.str(name) for name in self.ENVIRON if name.startswith("ANYMAIL_")}
        return anymail(values, secret=self.str("ANYMAIL_WEBHOOK_SECRET"))

    def sender(self, site_name: str, site_host: str) -> str:
        return sender(self.str("EMAIL_FROM"), site_name, site_host)

    def _parts(self, var: str, url: str) -> SplitResult:
        try:
            parts = urlsplit(url)
            _ = parts.port
        except ValueError:
            # The value may hold a password; the message must not.
            raise ImproperlyConfigured(
                f"{var} is not an address that can be read. Write '#' in a password as %23 and "
                "'[' as %5B."
            ) from None
        return parts

    def str(self, var: str, default: str = "") -> str:
        """Return the value without spaces and line ends
        around it; the default where nothing is left.
        """
        value = str(self.ENVIRON.get(var, "")).strip()
        if not value.isprintable() and any(map(_is_control, value)):
            raise ImproperlyConfigured(
                f"{var} has a line break or another control character in it: take it out."
            )
        if (
            var not in MAY_BE_QUOTED
            and len(value) > 1
            and value[0] == value[-1]
            and value[0] in "\"'"
        ):
            raise ImproperlyConfigured(
                f"{var} is set with quotation marks around it: take them away."
            )
        return value or default


def _is_control(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"}


def _is_number(text: str) -> bool:
    return not text or (text.isascii() and text.isdigit())


def _host(text: str) -> str:
    if ":" in text:
        return f"[{text.lower()}]"
    return text if IP_ADDRESS.fullmatch(text) else canonical_host(text)


def _allowed_host(var: str, word: str) -> str:
    if word == "*" or IP_ADDRESS.fullmatch(word):
        return word
    name = word.removeprefix(".")
    host = canonical_host(name)
    if not host:
        message = (
            f"{var} must have names of hosts and commas only, such as talk.example.org, not "
            f"{word!r}."
        )
        raise ImproperlyConfigured(message)
    return f"{word[: len(word) - len(name)]}{host}"


def _assumed_site_url(allowed_hosts: list[str]) -> str:
    if not allowed_hosts:
        return "http://localhost:8000"
    host = allowed_hosts[0]
    return f"http://{host}:8000" if is_loopback(host) else f"https://{host.lstrip('.')}"


def _sqlite(name: Any) -> dict[str, Any]:
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": name, "OPTIONS": SQLITE_OPTIONS}


def _pooled(database: dict[str, Any]) -> dict[str, Any]:
    from config.postgresql.connection import Connection  # psycopg, which SQLite has no use for

    options = database.get("OPTIONS", {})
    # An address that names a socket's folder: postgres://user@/name?host=/run/postgresql
    host = options.pop("host", database["HOST"])
    pool = POSTGRESQL_POOL | {"connection_class": Connection}
    return database | {
        "ENGINE": "config.postgresql",
        "HOST": host,
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": POSTGRESQL_OPTIONS | options | {"pool": pool},
    }
