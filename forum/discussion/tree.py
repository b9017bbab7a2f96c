"""From a flat list of comments to the walk a template
prints: no recursion, any depth, one pass each way.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import Any

# Replies nested deeper join the last level in the order of time; words say whom they answer.
DEEPEST_LEVEL = 5


@dataclass
class Row:
    comment: Any
    parent: "Row | None"
    level: int
    replies: int = 0  # published comments below
    is_kept: bool = False
    opens: bool = False  # a list of replies begins after this comment
    closes: int = 0  # so many lists end after this comment
    rest: int = 0  # replies of the thread that ends here which are on its own page,
    rest_after: int = 0  # behind the one in this place
    goes_on: bool = False  # further answers to it are on its own page
    next_thread: int = 0  # the key of the thread below this one
    is_new: bool = False  # since the reader's last visit
    next_new: int = 0  # the key of the next comment that is

    @property
    def is_flat(self) -> bool:
        """Its place does not say whom it answers."""
        return self.parent is not None and self.parent.level == DEEPEST_LEVEL

    @property
    def closing(self) -> range:
        return range(self.closes)


def arrange(comments: Iterable[Any]) -> list[Row]:
    """The comments as rows in reading order, placeholders nobody needs left out.

    Comments come in ascending order of key, so that a parent precedes its replies; a comment whose
    parent is not among them stands at the top.
    """
    rows: dict[int, Row] = {}
    for comment in comments:
        parent = rows.get(comment.parent_id)
        rows[comment.pk] = Row(
            comment, parent, min(parent.level + 1, DEEPEST_LEVEL) if parent else 0
        )
    _count_replies(rows)
    return _walk(sorted((row for row in rows.values() if row.is_kept), key=_time))


def _time(row: Row) -> tuple[datetime, int]:
    """Replies to the same comment stand in the order of time, whenever they came here."""
    return row.comment.created_at, row.comment.pk


def _count_replies(rows: dict[int, Row]) -> None:
    for row in reversed(rows.values()):
        row.is_kept = row.is_kept or row.comment.is_shown
        if row.parent:
            row.parent.replies += row.replies + row.comment.is_published
            row.parent.is_kept = row.parent.is_kept or row.is_kept


def _walk(rows: list[Row]) -> list[Row]:
    below: dict[int | None, list[Row]] = defaultdict(list)
    for row in reversed(rows):
        holder = _holder(row)
        below[holder.comment.pk if holder else None].append(row)
    walked: list[Row] = []
    waiting = below[None]
    while waiting:
        row = waiting.pop()
        walked.append(row)
        waiting.extend(below[row.comment.pk])
    _mark_lists(walked)
    return walked


def _holder(row: Row) -> Row | None:
    """The row in whose list this one stands."""
    holder = row.parent
    while holder and holder.level >= row.level:
        holder = holder.parent
    return holder


def _mark_lists(walked: list[Row]) -> None:
    for row, following in zip_longest(walked, walked[1:]):
        next_level = following.level if following else 0
        row.opens = next_level > row.level
        row.closes = max(row.level - next_level, 0)
