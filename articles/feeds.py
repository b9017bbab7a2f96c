from datetime import datetime

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from articles.models import Article, byline_of, fill_bylines
from publication.current import current

ARTICLES_IN_FEED = 20


class ArticlesFeed(Feed):
    """The newest articles. Its addresses come from the settings: the
    request's host may be forged.
    """

    feed_type = Atom1Feed

    def title(self) -> str:
        return current().name

    def subtitle(self) -> str:
        return _("The newest articles")

    def link(self) -> str:
        return f"{settings.SITE_URL}{reverse('home')}"

    def feed_url(self) -> str:
        return f"{settings.SITE_URL}{reverse('articles_feed')}"

    def items(self) -> list[Article]:
        newest = Article.objects.published().newest().with_byline().without_text()
        articles = list(newest[:ARTICLES_IN_FEED])
        fill_bylines(articles)
        return articles

    def item_title(self, item: Article) -> str:
        return item.title

    def item_description(self, item: Article) -> str:
        return item.description

    def item_link(self, item: Article) -> str:
        return f"{settings.SITE_URL}{item.get_absolute_url()}"

    def item_author_name(self, item: Article) -> str | None:
        return ", ".join(map(str, byline_of(item))) or None

    def item_pubdate(self, item: Article) -> datetime | None:
        return item.published_at

    def item_updateddate(self, item: Article) -> datetime:
        return item.updated_at

    def item_categories(self, item: Article) -> list[str]:
        return [item.topic.name] if item.topic else []
