from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap

from articles.models import Article, ArticleQuerySet, Topic, TopicQuerySet


class HostFromSettings:
    """The request's host may be forged."""

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.SITE_URL).netloc

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.SITE_URL).scheme


class ArticleSitemap(HostFromSettings, Sitemap):
    def items(self) -> ArticleQuerySet:
        return Article.objects.published().newest().only("slug", "published_at", "updated_at")

    def lastmod(self, item: Article) -> datetime:
        return item.updated_at


class TopicSitemap(HostFromSettings, Sitemap):
    def items(self) -> TopicQuerySet:
        return Topic.objects.with_articles()


SITEMAPS: Final = {"articles": ArticleSitemap, "topics": TopicSitemap}
