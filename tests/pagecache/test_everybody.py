"""A cached page is the same for everybody, whoever asked first."""

import re
from collections import Counter
from collections.abc import Callable
from html import unescape
from urllib.parse import urljoin

import pytest
from django.core.wsgi import get_wsgi_application
from django.test import Client

from accounts.models import User
from articles.models import Article
from forum.models import Comment
from pagecache.middleware import PageCache
from tests.conftest import OUR_PAGE
from tests.pagecache.reader import HOST, Read, ask

pytestmark = pytest.mark.django_db(transaction=True)

SECRETS = re.compile(
    r"csrfmiddlewaretoken|Olwen|olwen@|An unfinished thought|Moderate<|class=\"notice"
)
NUMBER = re.compile(r"\d+")
LINK = re.compile(r'href="((?:/articles/|/comments/|\?)[^"#]*)(?<!reply/)(?:#[^"]*)?"')


@pytest.fixture
def browser(moderator: User, article: Article, client_of: Callable[[User], Client]) -> Client:
    """Return a browser of a signed-in moderator with a notice, a theme, a draft and a token."""
    browser = client_of(moderator)
    browser.cookies["theme"] = "dark"
    words = {"body": "An unfinished thought", "key": "k", "email": "olwen@example.com"}
    signed_out = Client()
    signed_out.post(f"{article.get_absolute_url()}comments/", words, **OUR_PAGE)
    browser.cookies.update(signed_out.cookies)
    browser.get("/desk/articles/new/")  # sets the cookie of the token
    return browser


@pytest.fixture
def cookies(browser: Client) -> str:
    return "; ".join(f"{name}={cookie.value}" for name, cookie in browser.cookies.items())


def walk(page_cache: PageCache, start: str, **headers: str) -> dict[str, Read]:
    """Pages of the discussion that links lead to, two of each kind, and what scripts ask for."""
    waiting, seen = [start, f"{start}live/", f"{start}?theme=dark"], dict[str, Read]()
    kinds: Counter[str] = Counter()
    while waiting:
        address = waiting.pop()
        if address in seen or kinds[NUMBER.sub("", address)] == 2:
            continue
        kinds[NUMBER.sub("", address)] += 1
        seen[address] = ask(page_cache, address, **headers)
        links = LINK.findall(seen[address].text)
        waiting += sorted(urljoin(address, unescape(link)) for link in links)
    return seen


@pytest.fixture
def talk(say: Callable[..., Comment]) -> None:
    first = say("Is it so everywhere?")
    say("It is.", parent=first)
    for number in range(25):
        say(f"Question {number}")


def test_these_cookies_are_somebodys(
    browser: Client, cookies: str, cached_site: PageCache, article: Article
) -> None:
    assert {"session", "csrf", "draft", "theme"} <= browser.cookies.keys()
    assert SECRETS.search(ask(cached_site, article.get_absolute_url(), cookie=cookies).text)


def test_nothing_personal_is_kept(
    talk: None, cached_site: PageCache, article: Article, cookies: str
) -> None:
    start = article.get_absolute_url()
    walk(cached_site, start, cookie=cookies)
    kept = {
        address: read
        for address, read in walk(cached_site, start).items()
        if "etag" in read.headers
    }
    fresh = PageCache(get_wsgi_application(), address=f"http://{HOST}")
    assert len(kept) > 10
    assert {f"{start}?sort=oldest", f"{start}live/"} <= kept.keys()
    for address, read in kept.items():
        assert not SECRETS.search(read.text), address
        assert "set-cookie" not in read.headers
        assert ask(fresh, address) == read


def test_a_signed_in_page_never_comes_from_what_is_kept(
    talk: None, cached_site: PageCache, article: Article, cookies: str
) -> None:
    start = article.get_absolute_url()
    for address, read in walk(cached_site, start).items():
        if "Cookie" in read.headers.get("vary", "") and "etag" in read.headers:
            mine = ask(cached_site, address, cookie=cookies)
            assert mine.headers["cache-control"] == "private, no-cache"
            assert "Olwen" in mine.text


def test_an_article_with_the_name_of_a_route_is_a_page_of_its_own(
    cached_site: PageCache, article: Article, cookies: str
) -> None:
    """Articles from before such addresses were refused are still there."""
    Article.objects.filter(pk=article.pk).update(slug="live")
    signed_out, mine = (
        ask(cached_site, "/articles/live/"),
        ask(cached_site, "/articles/live/", cookie=cookies),
    )
    assert "Olwen" not in signed_out.text
    assert "Olwen" in mine.text
    assert "Cookie" in signed_out.headers["vary"]
