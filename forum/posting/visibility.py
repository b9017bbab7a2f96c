"""Make comments appear and disappear: the only place where a status changes."""

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from forum import tasks
from forum.cases import heat_cases
from forum.discussion.models import thread
from forum.discussion.models.comment import Comment
from forum.log.models.action import ModerationAction
from forum.screening.models.lesson import learn_from_time_to_time
from pagecache import versions

if TYPE_CHECKING:
    from accounts.models import User

Kind = ModerationAction.Kind
Status = Comment.Status
# Fields to read again once the lock is held: another request may have changed them before.
THREAD = ["parent", "root"]  # by a moderator who moved it to a thread of its own
READ_UNDER_LOCK = ["status", "body", "html", "version", "edited_at", *THREAD]


def appear(comment: Comment) -> None:
    """Count a comment that readers see from now on, and renew the pages that show it.

    A task tells people of it, unless it was_published_before(): a comment that appears a second
    time is no news.
    """
    comment.discussion.count_comment(comment.created_at)
    _follow(comment, +1)
    if not was_published_before(comment):
        tasks.comment_appeared.enqueue(comment.pk)
    else:
        _recount_notifications(comment)
    if _is_posted_now(comment):
        heat_cases.after_reply(comment)
        versions.mark_stale(comment.discussion.article_id)
    else:
        versions.purge(comment.discussion.article_id)


def disappear(comment: Comment) -> None:
    """Count a comment that readers no longer see, and purge the pages that show it."""
    comment.discussion.discount_comment()
    _follow(comment, -1)
    _recount_notifications(comment)
    versions.purge(comment.discussion.article_id)


def was_published_before(comment: Comment) -> bool:
    """Return whether readers have seen the comment before it appears now, here or where it was
    imported from.

    Of the comments that were posted earlier, only one that was held from the beginning was not
    seen. Its log shows whether it was published since; it does not hold the present decision yet.
    """
    if comment.imported_at:
        return True
    if _is_posted_now(comment):
        return False
    log = comment.moderation_actions
    publishing = Q(kind__in=[Kind.APPROVE, Kind.EDIT]) | Q(kind=Kind.RESTORE, undoes=None)
    published = log.filter(publishing | Q(status_before=Status.PUBLISHED))
    held_at_first = log.filter(kind=Kind.HOLD, status_before="")
    return published.exists() or not held_at_first.exists()


def _recount_notifications(comment: Comment) -> None:
    """Count the notifications of the comment once its status is committed. Imported ones have none.

    Not before: they need the locks of people, which whoever posts holds before that of the
    discussion. The task does it where this process dies.
    """
    if comment.imported_at:
        return
    tasks.recount_comment.enqueue(comment.pk)
    transaction.on_commit(comment.notifications.recount, robust=True)


def _is_posted_now(comment: Comment) -> bool:
    """Return whether its status has not changed since it was posted."""
    return comment.status_at is None


def change_status(comment: Comment, before: str, after: str, **changes: Any) -> bool:
    """Move the comment from one status to another; return False if somebody else was first.

    Needs comment.lock(), which callers take before they read what they decide by.
    """
    changes |= {"status": after, "status_at": timezone.now()}
    if not comment.update_while({"status": before}, **changes):
        return False
    was_published, is_published = before == Status.PUBLISHED, after == Status.PUBLISHED
    if is_published and not was_published:
        appear(comment)
    elif was_published and not is_published:
        disappear(comment)
    else:  # its placeholder may come or go
        thread.recount(comment, 0)
        comment.discussion.touch()
    return True


def _follow(comment: Comment, by: int) -> None:
    """Bring the counts and the order of its passage and its thread up to date."""
    comment.discussion.count_about(comment, by)
    if comment.root_id or not _is_posted_now(comment):  # the row of a new thread is right
        thread.recount(comment, by if comment.root_id else 0)
    thread.answer(comment)


@transaction.atomic
def hold(
    comment: Comment, *, by: "User | None", reason: str = "", **why: Any
) -> ModerationAction | None:
    """Hide a published comment until a moderator decides. The caller opens its case."""
    comment.lock()
    comment.refresh_from_db(fields=READ_UNDER_LOCK)
    if not comment.is_published or not change_status(
        comment, Status.PUBLISHED, Status.HELD, removal_reason=""
    ):
        return None
    action = ModerationAction.record(
        Kind.HOLD, by=by, comment=comment, status_before=Status.PUBLISHED, reason=reason, **why
    )
    learn_from_time_to_time(action)
    return action
