"""Read the versions of a comment, and compare each with the one before."""

from dataclasses import dataclass
from datetime import datetime
from itertools import islice, zip_longest

from forum.discussion.models.comment import Comment
from forum.discussion.models.revision import Revision
from forum.log.models.action import ModerationAction
from text.diff import Piece, differences

EDITIONS_PER_PAGE = 10


@dataclass(frozen=True)
class Edition:
    written_at: datetime
    pieces: list[Piece]  # what changed since the edition before; of the first one all its words


@dataclass(frozen=True)
class HistoryPage:
    editions: list[Edition]  # newest first
    next_cursor: int | None
    cut_at: datetime | None = (
        None  # a moderator took something out: what was there before is shown to nobody
    )


def history_page(comment: Comment, *, after: int | None = None) -> HistoryPage:
    """Return the versions below the number `after`, the newest first."""
    cut_at = _cut_at(comment)
    former = comment.revisions.order_by("-version")
    if cut_at:
        former = former.filter(created_at__gte=cut_at)
    if after:
        former = former.filter(version__lt=after)
    versions = [*([] if after else [Revision.of(comment)]), *former[: EDITIONS_PER_PAGE + 1]]
    compared = zip_longest(versions, versions[1:])
    editions = [
        _edition(version, before) for version, before in islice(compared, EDITIONS_PER_PAGE)
    ]
    more = len(versions) > EDITIONS_PER_PAGE
    return HistoryPage(editions, versions[EDITIONS_PER_PAGE - 1].version if more else None, cut_at)


def _cut_at(comment: Comment) -> datetime | None:
    cuts = comment.moderation_actions.filter(
        kind=ModerationAction.Kind.EDIT, undone_by=None
    ).order_by("-pk")
    return cuts.values_list("created_at", flat=True).first()


def _edition(version: Revision, before: Revision | None) -> Edition:
    return Edition(
        version.created_at, differences(before.body if before else version.body, version.body)
    )
