from collections.abc import Callable

from django.conf import settings
from django.test import Client

from articles.models import Article, Topic


def test_the_sitemap_names_what_is_published(
    client: Client, article: Article, topic: Topic, write: Callable[..., Article]
) -> None:
    hidden = write("Hidden", status="draft")
    page = client.get("/sitemap.xml").text
    assert f"<loc>{settings.SITE_URL}{article.get_absolute_url()}</loc>" in page
    assert f"<lastmod>{article.updated_at:%Y-%m-%d}</lastmod>" in page
    assert f"<loc>{settings.SITE_URL}{topic.get_absolute_url()}</loc>" in page
    assert hidden.get_absolute_url() not in page


def test_the_addresses_of_the_sitemap_do_not_come_from_the_request(
    client: Client, article: Article
) -> None:
    page = client.get("/sitemap.xml").text
    assert page.count("<loc>") == page.count(f"<loc>{settings.SITE_URL}/")


def test_an_unchanged_sitemap_is_not_sent_again(client: Client, article: Article) -> None:
    tag = client.get("/sitemap.xml")["ETag"]
    assert client.get("/sitemap.xml", headers={"If-None-Match": tag}).status_code == 304
