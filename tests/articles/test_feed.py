from collections.abc import Callable
from xml.etree import ElementTree

from django.conf import settings
from django.test import Client

from articles.feeds import ARTICLES_IN_FEED
from articles.models import Article

ATOM = {"atom": "http://www.w3.org/2005/Atom"}


def feed(client: Client) -> ElementTree.Element:
    return ElementTree.fromstring(client.get("/feeds/articles/").content)  # noqa: S314 (our own)


def test_the_feed_has_the_newest_articles(
    client: Client, write: Callable[..., Article], article: Article
) -> None:
    write("Hidden", status="draft")
    [entry] = feed(client).findall("atom:entry", ATOM)
    assert entry.findtext("atom:title", namespaces=ATOM) == article.title
    assert entry.findtext("atom:summary", namespaces=ATOM) == article.short_answer
    assert entry.findtext("atom:author/atom:name", namespaces=ATOM) == "Maren Holt"


def test_the_feed_ends(client: Client, write: Callable[..., Article]) -> None:
    for number in range(ARTICLES_IN_FEED + 1):
        write(f"Article {number}")
    assert len(feed(client).findall("atom:entry", ATOM)) == ARTICLES_IN_FEED


def test_the_addresses_of_the_feed_do_not_come_from_the_request(
    client: Client, article: Article
) -> None:
    links = feed(client).iter(f"{{{ATOM['atom']}}}link")
    assert all(link.attrib["href"].startswith(f"{settings.SITE_URL}/") for link in links)
