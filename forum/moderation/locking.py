"""Close, pause, reopen and slow down a discussion.

Every function returns the entry of the log; None if nothing had to be changed, because somebody
else did it first.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from forum import tasks
from forum.discussion.models.discussion import Discussion, open_now
from forum.log.models.action import ModerationAction
from pagecache import versions

if TYPE_CHECKING:
    from accounts.models import User

Kind = ModerationAction.Kind
CLOSED = Q(closed_at__isnull=False)


@transaction.atomic
def close(
    discussion: Discussion,
    *,
    by: "User",
    reason: str = "",
    note: str = "",
    until: datetime | None = None,
) -> ModerationAction | None:
    """Close the discussion, until a time if one is given. A paused discussion can be closed
    with another time.
    """
    discussion.ensure_row()
    otherwise = open_now() | ~Q(closed_until=until)
    if not _change(discussion, otherwise, closed_at=timezone.now(), closed_until=until):
        return None
    if until:
        tasks.open_discussion.using(run_after=until).enqueue(discussion.pk)
    return _record(Kind.CLOSE, discussion, by=by, reason=reason, note=note, until=until)


@transaction.atomic
def reopen(discussion: Discussion, *, by: "User", note: str = "") -> ModerationAction | None:
    """Open the discussion, for good: it does not close by itself any more."""
    if not _change(discussion, CLOSED, closed_at=None, closed_until=None, closes_after=None):
        return None
    return _record(Kind.REOPEN, discussion, by=by, note=note)


@transaction.atomic
def open_when_due(discussion: Discussion) -> ModerationAction | None:
    """End a pause whose time is over: purge the cached pages and add an entry to the log."""
    if not _change(
        discussion, Q(closed_until__lte=timezone.now()), closed_at=None, closed_until=None
    ):
        return None
    return _record(Kind.REOPEN, discussion, by=None)


@transaction.atomic
def slow(
    discussion: Discussion, minutes: int, *, by: "User", note: str = ""
) -> ModerationAction | None:
    """Allow each person one comment in so many minutes; 0 ends it."""
    discussion.ensure_row()
    if not _change(discussion, ~Q(slow_minutes=minutes), slow_minutes=minutes):
        return None
    return _record(Kind.SLOW, discussion, by=by, note=note, rule_words=str(minutes))


def _change(discussion: Discussion, condition: Q, **changes: Any) -> bool:
    """Change the row while the condition holds. Return False if it no longer does."""
    row = Discussion.objects.filter(condition, pk=discussion.pk)
    if not row.update(**changes, version=F("version") + 1):
        return False
    for name, value in changes.items():
        setattr(discussion, name, value)
    versions.purge(discussion.article_id)
    return True


def _record(
    kind: str, discussion: Discussion, *, by: "User | None", **why: Any
) -> ModerationAction:
    return ModerationAction.record(kind, by=by, discussion=discussion, **why)
