"""The orders in which threads can be read, and the cursors that say how far somebody has come.

A cursor holds the values of the last thread seen, not its number: a page far in costs what the
first one costs, and threads that come and go meanwhile move nothing.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from database.keyset import BY_TIME, Cursor, behind, cursor_at, cursor_in, written

EVERYTHING = Q()


@dataclass(frozen=True)
class Sorting:
    name: str
    columns: tuple[str, ...]  # the last one is unique
    falling: bool = True
    condition: Q = EVERYTHING

    def threads(self, heads: "QuerySet[Any]", after: Cursor | None = None) -> "QuerySet[Any]":
        """The first comments of threads in this order, behind the cursor."""
        found = heads.filter(self.condition).order_by(*self.order())
        return found.filter(behind(after, self.columns, falling=self.falling)) if after else found

    def order(self, prefix: str = "") -> list[str]:
        return [f"{'-' if self.falling else ''}{prefix}{column}" for column in self.columns]

    def cursor_at(self, head: Any) -> str:
        return cursor_at(head, self.columns)

    def cursor_before(self, head: Any) -> str:
        """A page that begins with this thread: the unique column is moved by one."""
        *others, last = (getattr(head, column) for column in self.columns)
        return written((*others, last + 1 if self.falling else last - 1))

    def written(self, cursor: Cursor | None) -> str:
        return written(cursor)

    def cursor_in(self, text: str | None) -> Cursor | None:
        return cursor_in(text, self.columns)


BEST = Sorting("best", ("rank", "pk"))
NEWEST = Sorting("newest", BY_TIME)
OLDEST = Sorting("oldest", BY_TIME, falling=False)
ANSWERED = Sorting(
    "answered", ("latest_author_reply",), condition=Q(latest_author_reply__isnull=False)
)

SORTINGS = {sorting.name: sorting for sorting in (BEST, NEWEST, OLDEST, ANSWERED)}


def sorting_named(name: str | None) -> Sorting:
    return SORTINGS.get(name or "", BEST)
