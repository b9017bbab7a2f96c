"""Purge pages, and count notifications again, when an article becomes visible or hidden."""

from typing import Any

from django.apps import apps

from pagecache import versions


def visibility_changed(*articles: int) -> None:
    """Let the public pages follow articles that were
    written, withdrawn, published again or deleted.

    To be called in the transaction that changes them; `Article.save` and `Article.delete` do it.
    Within a second of the commit no process shows a cached page of these articles, or one that
    quotes a comment from them. Besides the counts of unread notifications nothing else is stored
    about an article that depends on its visibility: home, feeds, people's pages and quotations ask
    for it when they are read.
    """
    versions.purge(*articles)


def recount_notifications(*articles: int) -> None:
    """Let the counts of unread notifications follow articles that were published or withdrawn."""
    notifications: Any = apps.get_model("forum", "Notification").objects
    notifications.follow_articles(articles)
