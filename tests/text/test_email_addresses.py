from time import process_time

import pytest
from django.core.mail import EmailMessage
from django.core.mail.message import sanitize_address

from tests.corpora import cases
from text.email_addresses import NotAnAddress, canonical_address, canonical_host


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("Ines@Example.COM", "ines@example.com"),
        ("  ines@example.com\n", "ines@example.com"),
        ("a+tag@b.example", "a+tag@b.example"),
        ("o'neil@b.example", "o'neil@b.example"),
        ("{{7*7}}@b.example", "{{7*7}}@b.example"),
        ("chef@müller.example", "chef@xn--mller-kva.example"),
        ("chef@MÜLLER.example", "chef@xn--mller-kva.example"),
        ("chef@mu\u0308ller.example", "chef@xn--mller-kva.example"),
        ("chef@xn--mller-kva.example", "chef@xn--mller-kva.example"),
        ("chef@XN--MLLER-KVA.example", "chef@xn--mller-kva.example"),
        ("a@ｅxample.com", "a@example.com"),
        ("a@example。com", "a@example.com"),
        ("a@faß.example", "a@xn--fa-hia.example"),
        ("a@пример.рф", "a@xn--e1afmkfd.xn--p1ai"),
        ("admin@localhost", "admin@localhost"),
    ],
)
def test_an_address_has_one_spelling(typed: str, address: str) -> None:
    assert canonical_address(typed) == address
    assert canonical_address(address) == address


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ines",
        "@example.com",
        "ines@",
        "a@b@c.example",
        "a@b.example\u202e",
        "\u202ea@b.example",
        "a\u2066@b.example",
        "a\u200bb@b.example",
        "a@b\u200b.example",
        "a@b\u200d.example",
        "a@b\u00ad.example",
        "\ufeffa@b.example",
        "a\u3164@b.example",
        "a\ufe0f@b.example",
        "a b@b.example",
        "a@b .example",
        "a@b.example\r\nBcc: c@d.example",
        "a\x00@b.example",
        "maıl@example.org",
        "\u212aim@example.org",
        "ö@b.example",
        "用户@b.example",
        '"a b"@b.example',
        "a..b@b.example",
        ".a@b.example",
        "=?x?q?a=40evil.example=3e=00?=@b.example",
        "a@[127.0.0.1]",
        "a@123.123.123.123",
        "a@b",
        "a@b..example",
        "a@-b.example",
        "a@b_c.example",
        f"a@{'b' * 64}.example",
        f"{'a' * 65}@b.example",
        f"a@{'b.' * 126}example",
        "<a@b.example>",
        "\ud800@b.example",
    ],
)
def test_what_cannot_be_mailed_is_refused_in_words(typed: str) -> None:
    with pytest.raises(NotAnAddress) as refused:
        canonical_address(typed)
    assert str(refused.value.message).endswith(".")


@pytest.mark.parametrize("typed", cases("email_address", "email_header", "unicode", "blns"))
def test_whatever_is_accepted_can_be_written_into_an_envelope(typed: str) -> None:
    try:
        address = canonical_address(typed)
    except NotAnAddress:
        return
    assert sanitize_address(address, "utf-8") == address
    assert EmailMessage("A code", "Words.", "a@b.example", [address]).message()["To"] == address


@pytest.mark.parametrize(
    ("typed", "host"), [("Müller.example", "xn--mller-kva.example"), ("a b", ""), ("", "")]
)
def test_a_host_has_one_spelling(typed: str, host: str) -> None:
    assert canonical_host(typed) == host


def test_a_text_as_long_as_a_request_is_refused_at_once() -> None:
    started = process_time()
    for typed in ("a" * 900_000, "ü" * 400_000 + "@example.com", "a@" + "ö." * 400_000):
        with pytest.raises(NotAnAddress):
            canonical_address(typed)
    assert process_time() - started < 0.5
