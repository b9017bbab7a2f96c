"""Settings of a discussion by the editors of its article: open or closed, until when, and whether
comments wait for a moderator.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from articles.models import Article
from forum import tasks
from forum.discussion.models.discussion import Discussion
from forum.discussion.models.policy import Policy
from forum.moderation import locking
from pagecache import versions

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True)
class DiscussionSettings:
    is_open: bool
    closes_after: int | None  # days after publication
    mode: str  # of the article's own policy; "": as its topic or the site has it


def settings_of(discussion: Discussion) -> DiscussionSettings:
    own = Policy.objects.filter(article__isnull=False, article=discussion.article_id)
    mode = own.values_list("mode", flat=True).first() or ""
    is_closed = mode == Policy.Mode.CLOSED or not discussion.is_unlocked
    return DiscussionSettings(
        is_open=not is_closed,
        closes_after=discussion.closes_after,
        mode="" if mode == Policy.Mode.CLOSED else mode,
    )


@transaction.atomic
def set_discussion(article: Article, settings: DiscussionSettings, *, by: "User") -> None:
    """Bring the discussion of a saved article to these settings; the log says what changed."""
    discussion = Discussion.objects.of(article)
    before = settings_of(discussion)
    if settings.mode != before.mode or (settings.is_open and not before.is_open):
        _set_mode(article, settings.mode)
    if settings.is_open and not before.is_open:
        locking.reopen(discussion, by=by)
    elif before.is_open and not settings.is_open:
        locking.close(discussion, by=by)
    if settings.closes_after != discussion.closes_after:
        discussion.ensure_row()
        discussion.closes_after = settings.closes_after
        Discussion.objects.filter(pk=discussion.pk).update(closes_after=settings.closes_after)
        if settings.closes_after is None and settings.is_open:
            _close_at(discussion, None)
    plan_closing(article, discussion)


def plan_closing(article: Article, discussion: Discussion | None = None) -> None:
    """Set the time at which the discussion closes by itself, once its article has a time."""
    discussion = discussion or Discussion.objects.filter(article=article).first()
    if not (discussion and discussion.closes_after and article.published_at):
        return
    if article.status != Article.Status.PUBLISHED or not discussion.is_unlocked:
        return
    _close_at(discussion, article.published_at + timedelta(days=discussion.closes_after))


def _close_at(discussion: Discussion, at: datetime | None) -> None:
    if discussion.closed_at == at:
        return
    discussion.closed_at = at
    Discussion.objects.filter(pk=discussion.pk).update(closed_at=at, closed_until=None)
    discussion.touch()
    if at:
        tasks.close_discussion.using(run_after=at).enqueue(discussion.pk)


def _set_mode(article: Article, mode: str) -> None:
    if mode:
        Policy.objects.update_or_create(article=article, defaults={"mode": mode})
    else:
        Policy.objects.filter(article=article).delete()
    versions.purge(article.pk)
