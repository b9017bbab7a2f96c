"""The orders in which threads can be read.

A cursor holds the values of the last thread on a page, not its number: threads that come and go
meanwhile move nothing.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from database.keyset import BY_TIME, Cursor, cursor_at, format_cursor, is_behind, parse_cursor

EVERYTHING = Q()


@dataclass(frozen=True)
class Sorting:
    name: str
    columns: tuple[str, ...]  # the last one is unique
    descending: bool = True
    condition: Q = EVERYTHING

    def threads(self, heads: "QuerySet[Any]", after: Cursor | None = None) -> "QuerySet[Any]":
        """Return the first comments of threads in this order, behind the cursor."""
        threads = heads.filter(self.condition).order_by(*self.order())
        if not after:
            return threads
        return threads.filter(is_behind(after, self.columns, descending=self.descending))

    def order(self, prefix: str = "") -> list[str]:
        sign = "-" if self.descending else ""
        return [f"{sign}{prefix}{column}" for column in self.columns]

    def cursor_at(self, head: Any) -> str:
        return cursor_at(head, self.columns)

    def cursor_before(self, head: Any) -> str:
        """Return the cursor of a page that begins with this thread: its
        unique column is one off.
        """
        *others, last = (getattr(head, column) for column in self.columns)
        return format_cursor((*others, last + 1 if self.descending else last - 1))

    def parse_cursor(self, text: str | None) -> Cursor | None:
        return parse_cursor(text, self.columns)


BEST = Sorting("best", ("rank", "pk"))
NEWEST = Sorting("newest", BY_TIME)
OLDEST = Sorting("oldest", BY_TIME, descending=False)
ANSWERED = Sorting(
    "answered", ("latest_author_reply",), condition=Q(latest_author_reply__isnull=False)
)

SORTINGS = {sorting.name: sorting for sorting in (BEST, NEWEST, OLDEST, ANSWERED)}


def sorting_named(name: str | None) -> Sorting:
    return SORTINGS.get(name or "", BEST)
