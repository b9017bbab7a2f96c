from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from articles.models import Article
from forum.discussion.models.comment import Comment
from forum.discussion.rendering.references import fill_in
from text.markdown import with_whole_addresses

COMMENTS_IN_FEED = 20


class DiscussionFeed(Feed):
    """Feed of the newest comments of one article."""

    feed_type = Atom1Feed

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        article = Article.objects.published().at(kwargs["slug"]).first()
        if article and article.slug != kwargs["slug"]:
            return redirect("article_feed", article.slug, permanent=True)
        return super().__call__(request, *args, **kwargs)

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Article:
        return get_object_or_404(Article.objects.published(), slug=kwargs["slug"])

    def title(self, article: Article) -> str:
        return _("Comments on “%(title)s”") % {"title": article.title}

    def link(self, article: Article) -> str:
        return f"{settings.SITE_URL}{article.get_absolute_url()}"

    def feed_url(self, article: Article) -> str:
        return f"{settings.SITE_URL}{reverse('article_feed', args=[article.slug])}"

    def items(self, article: Article) -> Any:
        comments = Comment.objects.published().filter(discussion__article=article)
        newest = list(comments.select_related("author").newest()[:COMMENTS_IN_FEED])
        fill_in(newest)
        return newest

    def item_title(self, item: Comment) -> str:
        return item.author_name

    def item_description(self, item: Comment) -> str:
        return with_whole_addresses(item.shown_html, settings.SITE_URL)

    def item_link(self, item: Comment) -> str:
        return f"{settings.SITE_URL}{item.get_absolute_url()}"

    def item_pubdate(self, item: Comment) -> Any:
        return item.created_at

    def item_updateddate(self, item: Comment) -> Any:
        return item.edited_at or item.created_at

    def item_author_name(self, item: Comment) -> str:
        return item.author_name
