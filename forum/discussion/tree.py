"""Arrange a flat list of comments in the order in which a template prints them.

There is no recursion, so threads may have any depth; each step goes through the comments once.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import Any

# Replies nested deeper are listed on this level in the order of time, with the parent's name.
DEEPEST_LEVEL = 5


@dataclass
class Row:
    comment: Any
    parent: "Row | None"
    level: int
    holder: "Row | None" = None  # in whose list of replies it is
    replies: int = 0  # published comments below
    is_kept: bool = False
    opens: bool = False  # a list of replies begins after this comment
    closes: int = 0  # so many lists end after this comment
    hidden_replies: int = 0  # replies of the thread that ends here which are not on this page,
    last_shown_reply: int = 0  # and the number of the last reply that is
    has_more_replies: bool = False  # some replies to it are on its own page only
    next_thread: int = 0  # the key of the thread below this one
    is_new: bool = False  # since the reader's last visit
    next_new: int = 0  # the key of the next comment that is new

    @property
    def is_flat(self) -> bool:
        """True if its level does not show which comment it replies to."""
        return self.parent is not None and self.parent.level == DEEPEST_LEVEL


def arrange(comments: Iterable[Any]) -> list[Row]:
    """Return the comments as rows in reading order, without placeholders that nothing hangs on.

    Comments come in ascending order of key, so a parent precedes its replies. A comment whose
    parent is not among them is on the first level.
    """
    rows: dict[int, Row] = {}
    for comment in comments:
        parent = rows.get(comment.parent_id)
        level = min(parent.level + 1, DEEPEST_LEVEL) if parent else 0
        holder = parent if not parent or parent.level < level else parent.holder
        rows[comment.pk] = Row(comment, parent, level, holder)
    _count_replies(rows)
    kept = [row for row in rows.values() if row.is_kept]
    return _walk(sorted(kept, key=_time))


def _time(row: Row) -> tuple[datetime, int]:
    """Return when the comment was written: imported replies may have newer keys."""
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
        below[row.holder.comment.pk if row.holder else None].append(row)
    walked: list[Row] = []
    waiting = below[None]
    while waiting:
        row = waiting.pop()
        walked.append(row)
        waiting.extend(below[row.comment.pk])
    _mark_lists(walked)
    return walked


def _mark_lists(walked: list[Row]) -> None:
    for row, following in zip_longest(walked, walked[1:]):
        next_level = following.level if following else 0
        row.opens = next_level > row.level
        row.closes = max(row.level - next_level, 0)
