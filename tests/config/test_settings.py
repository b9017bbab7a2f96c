"""Wrong values of every variable: each is refused in a line that names
it and says how to write it.
"""

import runpy
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.test_docs import VARIABLES

SETTINGS = "config/settings.py"

SECRET = "s3cret-part"
REFUSED = [
    ("DEBUG", "", "true or false"),
    ("DEBUG", "maybe", "true or false"),
    ("DATA_DIR", '"/srv/data"', "quotation marks"),
    ("DATA_DIR", "/srv\n/data", "control character"),
    ("SECRET_KEY", "line\nbreak", "control character"),
    ("ALLOWED_HOSTS", '"talk.example.org"', "quotation marks"),
    ("ALLOWED_HOSTS", "'talk.example.org'", "quotation marks"),
    ("ALLOWED_HOSTS", '"talk.example.org",b.example', "names of hosts"),
    ("ALLOWED_HOSTS", "https://talk.example.org", "names of hosts"),
    ("ALLOWED_HOSTS", "talk.example.org:443", "names of hosts"),
    ("ALLOWED_HOSTS", "a.example b.example", "names of hosts"),
    ("ALLOWED_HOSTS", "[talk.example.org]", "names of hosts"),
    ("ALLOWED_HOSTS", "*.example.org", "names of hosts"),
    ("ALLOWED_HOSTS", "a_b.example", "names of hosts"),
    ("SITE_URL", "talk.example.org", "https://example.org"),
    ("SITE_URL", "//talk.example.org", "https://example.org"),
    ("SITE_URL", "ftp://talk.example.org", "https://example.org"),
    ("SITE_URL", "https://talk.example.org/path", "https://example.org"),
    ("SITE_URL", "https://user@talk.example.org", "https://example.org"),
    ("SITE_URL", "https://talk example.org", "https://example.org"),
    ("SITE_URL", "https://talk.example.org:port", "can be read"),
    ("SITE_URL", "https://talk.example.org:0", "https://example.org"),
    ("SITE_URL", "https://", "https://example.org"),
    ("SITE_URL", "https://talk.\nexample.org", "control character"),
    ("SITE_NAME", "Par\nley", "control character"),
    ("SITE_NAME", "Par\x1bley", "control character"),
    ("SITE_NAME", "Par\ud800ley", "control character"),
    ("SITE_NAME", "x" * 101, "100 characters"),
    ("SITE_NAME", "--", "letter or digit"),
    ("CONTACT", "editors", "email address"),
    ("CONTACT", "https://example.org/contact", "email address"),
    ("CONTACT", "Editors <editors@example.org>", "email address"),
    ("DATABASE_URL", f"mysql://parley:{SECRET}@db/parley", "postgres://"),
    ("DATABASE_URL", "parley", "postgres://"),
    ("DATABASE_URL", f"postgres://parley:{SECRET}#1@db/parley", "%23"),
    ("DATABASE_URL", f"postgres://parley:{SECRET}[@db/parley", "%5B"),
    ("DATABASE_URL", f"postgres://parley:{SECRET}@db", "name of the database"),
    ("DATABASE_URL", f"postgres://parley:{SECRET}@db:port/parley", "can be read"),
    ("DATABASE_URL", "sqlite://", "name of the database"),
    ("CACHE_URL", "memcached://cache", "redis://"),
    ("CACHE_URL", "redis://", "redis://"),
    ("CACHE_URL", f"redis://:{SECRET}#@cache/0", "can be read"),
    ("CACHE_URL", "redis://cache/zero", "redis://"),
    ("CACHE_URL", "redis://cache:port/0", "can be read"),
    ("EMAIL_URL", f"smtp+tls://user:{SECRET}#3@mail.example.org", "%23"),
    ("EMAIL_URL", "smtp+tls://user:12#3@mail.example.org", "%23"),
    ("EMAIL_URL", f"smtp+tls://user:{SECRET}?@mail.example.org", "%3F"),
    ("EMAIL_URL", f"smtp+tls://user:{SECRET}/@mail.example.org", "%2F"),
    ("EMAIL_URL", f"smtp+tls://user:{SECRET} @mail.example.org", "%20"),
    ("EMAIL_URL", "smtp+tls://mail.example.org?tls=true", "%3F"),
    ("EMAIL_URL", "smtp://mail.example.org/inbox", "%2F"),
    ("EMAIL_URL", f"smtp+tls://user:{SECRET}%C3%A4@mail.example.org", "ASCII"),
    ("EMAIL_URL", f"smtp+tls://user:{SECRET}ä@mail.example.org", "ASCII"),
    ("EMAIL_URL", f"smtp+tls://user:{SECRET}%0A@mail.example.org", "ASCII"),
    ("EMAIL_URL", "smtp+tls://user@mail.example.org", "both a user name and a password"),
    ("EMAIL_URL", f"smtp+tls://:{SECRET}@mail.example.org", "both a user name and a password"),
    ("EMAIL_URL", "smtp+tls://mail.example.org:0", "smtp+tls://"),
    ("EMAIL_URL", "smtp+tls://mail.example.org:70000", "smtp+tls://"),
    ("EMAIL_URL", "smtp+tls://mail.example.org:tls", "smtp+tls://"),
    ("EMAIL_URL", "smtp+tls://", "smtp+tls://"),
    ("EMAIL_URL", "smtp+ssl://mail.example.org", "smtp+tls://"),
    ("EMAIL_URL", "mail.example.org", "smtp+tls://"),
    ("EMAIL_URL", "imap://mail.example.org", "smtp+tls://"),
    ("EMAIL_URL", "smtp://[::1", "smtp+tls://"),
    ("EMAIL_FROM", "Parley", "Parley <noreply@example.org>"),
    ("EMAIL_FROM", "Parley <noreply>", "Parley <noreply@example.org>"),
    ("EMAIL_FROM", "a@b.example, c@d.example", "Parley <noreply@example.org>"),
    ("EMAIL_FROM", "Parley <a@b.example", "Parley <noreply@example.org>"),
    ("EMAIL_FROM", "nö@b.example", "Parley <noreply@example.org>"),
    ("EMAIL_FROM", "Parley <a@b.example>\nBcc: c@d.example", "control character"),
    ("HSTS", "true", "host, subdomains, preload"),
    ("TRUSTED_PROXY_COUNT", "one", "whole number"),
    ("TRUSTED_PROXY_COUNT", "-1", "whole number"),
    ("TRUSTED_PROXY_COUNT", "1.5", "whole number"),
    ("COMMENT_RATE", "lots", "20/m"),
    ("COMMENT_RATE", "0/m", "20/m"),
    ("COMMENT_RATE", "２０/m", "20/m"),
    ("DOWNVOTES", "sometimes", "true or false"),
    ("VOTES_HIDDEN_MINUTES", "an hour", "whole number"),
    ("FLAGS_TO_HOLD", "three", "whole number"),
    ("MODERATORS_NAMED", "2", "true or false"),
    ("LANGUAGES", "en;de", "some of en"),
    ("SECOND_FACTOR_REQUIRED", "staff", "true or false"),
    ("ANYMAIL_WEBHOOK_SECRET", SECRET, "at least 16 letters"),
    ("SIGN_IN_GOOGLE", SECRET, "client-id:secret"),
    ("SIGN_IN_GITHUB", f":{SECRET}", "client-id:secret"),
    ("SIGN_IN_OPENID", f"id.example.org:{SECRET}", "https://client-id:secret@"),
    ("SIGN_IN_OPENID", f"http://me:{SECRET}@id.example.org", "https://client-id:secret@"),
    ("SIGN_IN_OPENID", f"https://me:{SECRET}#@id.example.org", "%23"),
    ("SIGN_IN_OPENID", "https://id.example.org", "https://client-id:secret@"),
    ("SIGN_IN_OPENID_NAME", "My\nID", "control character"),
    ("TIME_ZONE", "CEST", "Europe/Berlin"),
    ("TIME_ZONE", "Europe", "Europe/Berlin"),
    ("TIME_ZONE", "europe/nowhere", "Europe/Berlin"),
    ("TIME_ZONE", "../etc/passwd", "Europe/Berlin"),
    ("TIME_ZONE", "+02:00", "Europe/Berlin"),
]

NUMBERS_AND_CHOICES = {
    name for name, _, said in REFUSED if said in {"true or false", "whole number"}
}


@pytest.fixture
def settings_of(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> Any:
    """`settings_of(NAME=value)`: what config/settings.py makes of this environment."""

    def read(**values: str) -> dict[str, Any]:
        environ = {"DATA_DIR": str(tmp_path), "SECRET_KEY": "k" * 50, **values}
        monkeypatch.setattr("config.environment.Environment.ENVIRON", environ)
        return runpy.run_path(SETTINGS)

    return read


@pytest.mark.parametrize(("name", "value", "said"), REFUSED, ids=lambda text: ascii(text)[:50])
def test_a_wrong_value_is_refused_in_one_line(
    name: str, value: str, said: str, settings_of: Any
) -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        settings_of(**{name: value})
    line = str(refused.value)
    assert line.startswith(name)
    assert said in line
    assert "\n" not in line
    assert SECRET not in line


def test_every_variable_is_tried() -> None:
    assert {name for name, *_ in REFUSED} == set(VARIABLES)


@pytest.mark.parametrize("around", ["\r", " ", "\r\n", "\t"])
def test_what_stands_around_a_value_is_cut_off(around: str, settings_of: Any) -> None:
    settings = settings_of(
        SITE_URL=f"https://talk.example.org{around}",
        EMAIL_FROM=f"{around}Parley <noreply@example.org>{around}",
        EMAIL_URL=f"smtp+tls://user:password@mail.example.org{around}",
        SITE_NAME=f"Parley{around}",
        ALLOWED_HOSTS=f"talk.example.org{around}",
        DEBUG=f"false{around}",
        FLAGS_TO_HOLD=f"3{around}",
        TIME_ZONE=f"Europe/Berlin{around}",
    )
    assert settings["SITE_URL"] == "https://talk.example.org"
    assert settings["DEFAULT_FROM_EMAIL"] == '"Parley" <noreply@example.org>'
    assert settings["EMAIL_HOST"] == "mail.example.org"
    assert settings["SITE_NAME"] == "Parley"
    assert settings["ALLOWED_HOSTS"] == ["talk.example.org"]
    assert settings["TIME_ZONE"] == "Europe/Berlin"


@pytest.mark.parametrize("name", sorted({*VARIABLES} - NUMBERS_AND_CHOICES))
def test_an_empty_text_is_as_good_as_none(name: str, settings_of: Any) -> None:
    settings_of(**{name: " "})


@pytest.mark.parametrize(
    ("url", "password"),
    [
        ("smtp+tls://user:12%233@mail.example.org", "12#3"),
        ("smtp+tls://user:p@ss@mail.example.org", "p@ss"),
        ("smtp+tls://user:p%40ss@mail.example.org:2525/", "p@ss"),
        ("smtps://user:a:b@mail.example.org", "a:b"),
        ("smtps://user:100%@mail.example.org", "100%"),
        ("SMTP://user:$x@MAIL.example.org", "$x"),
        ("smtp://user:x@müller.example", "x"),
        ("smtp://[::1]:2525", ""),
        ("smtp://127.0.0.1", ""),
    ],
)
def test_a_mail_server_is_understood(url: str, password: str, settings_of: Any) -> None:
    settings = settings_of(EMAIL_URL=url)
    assert settings["EMAIL_HOST_PASSWORD"] == password
    assert settings["EMAIL_HOST"] in {
        "mail.example.org",
        "xn--mller-kva.example",
        "::1",
        "127.0.0.1",
    }


@pytest.mark.parametrize(
    ("value", "sender"),
    [
        ("noreply@example.org", "noreply@example.org"),
        ("Parley <noreply@example.org>", '"Parley" <noreply@example.org>'),
        (
            "Kane, Doe & Partners <noreply@example.org>",
            '"Kane, Doe & Partners" <noreply@example.org>',
        ),
        ('"Kane, Doe" <noreply@example.org>', '"Kane, Doe" <noreply@example.org>'),
        ('The "Wall" <noreply@example.org>', '"The \\"Wall\\"" <noreply@example.org>'),
        ("Küste <noreply@müller.example>", '"Küste" <noreply@xn--mller-kva.example>'),
        ("", '"Kane, Doe & Partners" <noreply@talk.example.org>'),
    ],
)
def test_the_sender_is_one_mailbox(value: str, sender: str, settings_of: Any) -> None:
    settings = settings_of(
        EMAIL_FROM=value, SITE_NAME="Kane, Doe & Partners", SITE_URL="https://talk.example.org"
    )
    assert settings["DEFAULT_FROM_EMAIL"] == sender


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://Talk.Example.ORG", "https://talk.example.org"),
        ("https://müller.example", "https://xn--mller-kva.example"),
        ("https://talk.example.org:443", "https://talk.example.org"),
        ("https://talk.example.org:8443/", "https://talk.example.org:8443"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_the_address_is_written_as_browsers_write_it(
    typed: str, address: str, settings_of: Any
) -> None:
    assert settings_of(SITE_URL=typed)["SITE_URL"] == address


@pytest.mark.parametrize("key", ["", " \n", "short"])
def test_a_secret_key_file_without_a_key_is_refused(
    key: str, settings_of: Any, tmp_path: Any
) -> None:
    (tmp_path / "secret_key").write_text(key)
    with pytest.raises(ImproperlyConfigured, match=r"secret_key is .*: delete it"):
        settings_of(SECRET_KEY="")


def test_a_secret_key_may_begin_with_a_dollar_sign(settings_of: Any) -> None:
    assert settings_of(SECRET_KEY="$" + "k" * 50)["SECRET_KEY"] == "$" + "k" * 50


@pytest.mark.parametrize(
    ("value", "subdomains", "preload"),
    [("", False, False), ("subdomains", True, False), ("preload", True, True)],
)
def test_only_who_asks_for_it_speaks_for_other_hosts(
    value: str, subdomains: bool, preload: bool, settings_of: Any
) -> None:
    settings = settings_of(HSTS=value, SITE_URL="https://talk.example.org")
    assert settings["SECURE_HSTS_SECONDS"] > 0
    assert settings["SECURE_HSTS_INCLUDE_SUBDOMAINS"] is subdomains
    assert settings["SECURE_HSTS_PRELOAD"] is preload
