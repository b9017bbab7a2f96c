"""The cache holds a page once for each language that the site offers, whatever browsers ask for."""

from typing import Any

import pytest

from articles.models import Article
from pagecache.middleware import PageCache
from tests.pagecache.conftest import Site
from tests.pagecache.reader import ask

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = "/articles/high-tide/"
ASKED = [
    "",
    "en",
    "en-GB,en;q=0.9",
    "fr,*",
    "de",
    "de-AT,de;q=0.9,en;q=0.8",
    "x" * 2000,
    "de," + "x" * 2000,
]


@pytest.fixture
def bilingual(settings: Any) -> None:
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch")]


def test_a_page_is_made_once_for_each_language(
    bilingual: None, page_cache: PageCache, site: Site
) -> None:
    for accepted in ASKED:
        ask(page_cache, PAGE, accept_language=accepted)
    ask(page_cache, PAGE, cookie="language=de", accept_language="en")
    ask(page_cache, PAGE, cookie="language=tlh")
    assert [told["HTTP_ACCEPT_LANGUAGE"] for told in site.asked] == ["en", "de"]


def test_a_site_with_one_language_has_one_page(page_cache: PageCache, site: Site) -> None:
    for accepted in ASKED:
        ask(page_cache, PAGE, accept_language=accepted)
    first = ask(page_cache, PAGE, cookie="language=de")
    assert len(site.asked) == 1
    assert first.headers["vary"] == "Cookie, Accept-Encoding"


def test_what_has_no_language_is_made_once(
    bilingual: None, page_cache: PageCache, site: Site
) -> None:
    for accepted in ASKED:
        ask(page_cache, f"{PAGE}live/", accept_language=accepted)
    assert len(site.asked) == 1


def test_each_language_is_the_sites_own_page(
    bilingual: None, cached_site: PageCache, article: Article
) -> None:
    english, german = (ask(cached_site, PAGE, accept_language=name) for name in ("en", "de"))
    assert '<html lang="de" dir="ltr"' in german.text
    assert german.headers["content-language"] == "de"
    assert german.headers["vary"] == "Cookie, Accept-Encoding, Accept-Language"
    assert german.headers["etag"] != english.headers["etag"]
    unchanged = ask(cached_site, PAGE, accept_language="de", if_none_match=german.headers["etag"])
    other = ask(cached_site, PAGE, accept_language="en", if_none_match=german.headers["etag"])
    assert (unchanged.status, other.status) == ("304 Not Modified", "200 OK")
    assert ask(cached_site, PAGE, cookie="language=de") == german
