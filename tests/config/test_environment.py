from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.environment import Environment

DATA_DIR = Path("/srv/parley")


def environment(**values: str) -> Environment:
    made = Environment()
    made.ENVIRON = values
    return made


@pytest.mark.parametrize(
    ("text", "value"), [("true", True), ("1", True), ("No", False), ("off", False)]
)
def test_yes_and_no_are_understood(text: str, value: bool) -> None:
    assert environment(DEBUG=text).bool("DEBUG") is value


@pytest.mark.parametrize("text", ["maybe", "", "2", "truee"])
def test_what_is_neither_yes_nor_no_is_refused(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="DEBUG"):
        environment(DEBUG=text).bool("DEBUG")


@pytest.mark.parametrize("text", ["lots", "20", "0/m", "20/y", "-1/m", "20/m/ip"])
def test_what_is_not_a_rate_is_refused(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="COMMENT_RATE"):
        environment(COMMENT_RATE=text).rate("COMMENT_RATE", default="20/m")


def test_a_rate_is_an_amount_and_seconds() -> None:
    assert environment(COMMENT_RATE="5/h").rate("COMMENT_RATE", default="20/m") == (5, 3600)


@pytest.mark.parametrize(
    ("hosts", "address"),
    [
        ([], "http://localhost:8000"),
        (["localhost"], "http://localhost:8000"),
        (["example.org", "www.example.org"], "https://example.org"),
        ([".example.org"], "https://example.org"),
    ],
)
def test_the_address_of_the_site_follows_from_its_hosts(hosts: list[str], address: str) -> None:
    assert environment().site_url(hosts) == address


def test_the_address_of_the_site_has_no_slash_at_its_end() -> None:
    assert environment(SITE_URL="https://example.org/").site_url([]) == "https://example.org"


@pytest.mark.parametrize(
    "text", ["example.org", "ftp://example.org", "https://example.org/talk", "https://[::1"]
)
def test_what_is_not_the_address_of_a_site_is_refused(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="SITE_URL"):
        environment(SITE_URL=text).site_url([])


def test_the_database_is_a_file_unless_said_otherwise() -> None:
    database = environment().database(DATA_DIR)
    assert database["NAME"] == DATA_DIR / "parley.sqlite3"
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.parametrize("host", ["/run/postgresql", "db.example.org"])
def test_postgresql_is_reached_by_socket_or_by_name(host: str) -> None:
    by_socket = "/" in host
    url = f"postgres://maren:se%40cret@{'' if by_socket else host}/parley"
    url += f"?host={host}" if by_socket else ""
    database = environment(DATABASE_URL=url).database(DATA_DIR)
    assert (database["HOST"], database["USER"], database["PASSWORD"]) == (host, "maren", "se@cret")
    assert database["OPTIONS"]["pool"]["max_size"] > 1


@pytest.mark.parametrize(
    "url", ["mysql://db/parley", "parley", "postgres://db:port/parley", "postgres://[::1/parley"]
)
def test_another_database_is_refused_without_quoting_its_address(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL") as refused:
        environment(DATABASE_URL=url).database(DATA_DIR)
    assert url not in str(refused.value)


@pytest.mark.parametrize(
    ("url", "port", "starttls", "tls"),
    [
        ("smtp://mail.example.org", 25, False, False),
        ("smtp+tls://mail.example.org", 587, True, False),
        ("smtps://mail.example.org", 465, False, True),
        ("smtp://mail.example.org:2525", 2525, False, False),
    ],
)
def test_mail_goes_out_by_smtp(url: str, port: int, starttls: bool, tls: bool) -> None:
    server = environment(EMAIL_URL=url).mail_server()
    assert (server.host, server.port, server.starttls, server.tls) == (
        "mail.example.org",
        port,
        starttls,
        tls,
    )


def test_mail_stays_in_a_folder_unless_said_otherwise() -> None:
    assert environment().mail_server().transport == "mail.backends.FileBackend"


@pytest.mark.parametrize("url", ["mail.example.org", "smtp://", "imap://mail.example.org"])
def test_what_is_not_a_mail_server_is_refused(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL"):
        environment(EMAIL_URL=url).mail_server()


@pytest.mark.parametrize("text", ["fr", "en,", "en,en", "en;de", "English"])
def test_a_language_without_a_catalogue_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="LANGUAGES must be some of en"):
        environment(LANGUAGES=text).languages(tmp_path)
