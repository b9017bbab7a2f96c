"""Encodings and validators of cached pages."""

import gzip

import brotli
import pytest

from pagecache.key import choices_in, encoding_in
from pagecache.middleware import PageCache
from tests.pagecache.reader import ask

pytestmark = pytest.mark.django_db

PAGE = "/articles/high-tide/"
UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}


@pytest.mark.parametrize("encoding", ["br", "gzip", None])
def test_a_page_is_given_in_the_form_that_is_asked_for(
    encoding: str | None, page_cache: PageCache
) -> None:
    plain = ask(page_cache, PAGE)
    for _ in range(2):
        packed = ask(page_cache, PAGE, accept_encoding=encoding or "")
        assert packed.headers.get("content-encoding") == encoding
        assert packed.headers["content-length"] == str(len(packed.body))
        assert UNPACK[encoding](packed.body) == plain.body


def test_who_has_the_page_gets_no_second_copy(page_cache: PageCache) -> None:
    page = ask(page_cache, PAGE, accept_encoding="br")
    again = ask(page_cache, PAGE, if_none_match=f'"other", {page.headers["etag"]}')
    assert (again.status, again.body) == ("304 Not Modified", b"")
    kept = ["cache-control", "etag", "vary"]
    assert again.headers == {name: page.headers[name] for name in kept}


def test_who_has_another_page_gets_this_one(page_cache: PageCache) -> None:
    assert ask(page_cache, PAGE, if_none_match='W/"other"').status == "200 OK"


def test_a_head_has_the_headers_and_no_body(page_cache: PageCache) -> None:
    first, page = ask(page_cache, PAGE, method="HEAD"), ask(page_cache, PAGE)
    assert first.headers == page.headers
    assert (first.body, bool(page.body)) == (b"", True)


def test_browsers_and_cdns_ask_each_time(page_cache: PageCache) -> None:
    headers = ask(page_cache, PAGE).headers
    assert (headers["cache-control"], headers["vary"]) == (
        "public, no-cache",
        "Cookie, Accept-Encoding",
    )


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("br;q=0.1, gzip;q=0.9", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("BR", "br"),
        ("identity", ""),
        ("br;q=many", ""),
        ("", ""),
    ],
)
def test_the_encoding_that_a_browser_likes_best(accepted: str, encoding: str) -> None:
    assert encoding_in(accepted) == encoding


@pytest.mark.parametrize(
    ("cookies", "choices"),
    [
        ("theme=dark", ("dark", "", "")),
        ("a=b; theme=light;c", ("light", "", "")),
        ("theme=<b>", ("", "", "")),
        ("theme", ("", "", "")),
        ("theme=dark; language=de", ("dark", "de", "")),
        ("sort=oldest; theme=dark", ("dark", "", "oldest")),
        ("sort=answered", ("", "", "")),
        (";;", ("", "", "")),
        ("csrf=abc", ("", "", "")),
        ("session=abc", None),
        ("theme=dark;session=", None),
        (" draft =abc", None),
    ],
)
def test_what_cookies_say(cookies: str, choices: tuple[str, str, str] | None) -> None:
    assert choices_in(cookies) == choices
