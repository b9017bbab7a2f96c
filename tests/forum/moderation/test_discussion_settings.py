"""Settings of a discussion by the editors of its article."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from articles.models import Article
from forum.models import Comment, Discussion, ModerationAction, Policy
from forum.moderation.discussion_settings import (
    DiscussionSettings,
    plan_closing,
    set_discussion,
    settings_of,
)
from forum.moderation.locking import reopen
from forum.posting.post import DiscussionClosed


def settings(
    *, is_open: bool = True, days: int | None = None, mode: str = ""
) -> DiscussionSettings:
    return DiscussionSettings(is_open=is_open, closes_after=days, mode=mode)


def of(article: Article) -> Discussion:
    return Discussion.objects.of(article)


def test_a_discussion_closes_by_itself_and_says_so_before(
    article: Article, moderator: User, client: Client, say: Callable[..., Comment]
) -> None:
    set_discussion(article, settings(days=30), by=moderator)
    assert article.published_at
    closes_at = article.published_at + timedelta(days=30)
    assert of(article).closes_at == closes_at
    say("In time.")
    assert "You can comment until" in client.get(article.get_absolute_url()).text
    Article.objects.filter(pk=article.pk).update(published_at=timezone.now() - timedelta(days=31))
    article.refresh_from_db()
    plan_closing(article)
    assert not of(article).is_open
    assert "The discussion closed on" in client.get(article.get_absolute_url()).text
    with pytest.raises(DiscussionClosed):
        say("Too late.")


def test_a_draft_remembers_after_how_many_days(article: Article, moderator: User) -> None:
    Article.objects.filter(pk=article.pk).update(status="draft", published_at=None)
    article.refresh_from_db()
    set_discussion(article, settings(days=7), by=moderator)
    assert (of(article).closed_at, settings_of(of(article)).closes_after) == (None, 7)


def test_closing_and_reopening_is_recorded(article: Article, moderator: User) -> None:
    set_discussion(article, settings(is_open=False), by=moderator)
    assert settings_of(of(article)) == settings(is_open=False)
    set_discussion(article, settings(), by=moderator)
    set_discussion(article, settings(), by=moderator)
    kinds = list(ModerationAction.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["close", "reopen"]


def test_a_discussion_that_moderators_reopen_stays_open(article: Article, moderator: User) -> None:
    set_discussion(article, settings(days=7), by=moderator)
    reopen(of(article), by=moderator)
    assert settings_of(of(article)) == settings()


def test_comments_wait_as_the_article_says(article: Article, moderator: User) -> None:
    set_discussion(article, settings(mode="before"), by=moderator)
    assert of(article).policy == "before"
    set_discussion(article, settings(), by=moderator)
    assert not Policy.objects.filter(article=article).exists()
