"""The orders in which threads can be read, and the cursors that say how far somebody has come.

A cursor holds the values of the last thread seen, not its number: a page far in costs what the first one costs,
and threads that come and go meanwhile move nothing.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, F, Func, Q, QuerySet, Value
from django.db.models.lookups import GreaterThan, LessThan

# A key is a 64-bit number: more digits would not be asked for, but refused by the database.
DIGITS_OF_A_NUMBER = 18

Cursor = tuple[int, ...]
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
        return found.filter(self._behind(after)) if after else found

    def order(self, prefix: str = "") -> list[str]:
        return [f"{'-' if self.falling else ''}{prefix}{column}" for column in self.columns]

    def cursor_at(self, head: Any) -> str:
        return self.written(tuple(getattr(head, column) for column in self.columns))

    def cursor_before(self, head: Any) -> str:
        """A page that begins with this thread: the unique column is moved by one."""
        *others, last = (getattr(head, column) for column in self.columns)
        return self.written((*others, last + 1 if self.falling else last - 1))

    def written(self, cursor: Cursor | None) -> str:
        return "_".join(map(str, cursor or ()))

    def cursor_in(self, text: str | None) -> Cursor | None:
        """The cursor in an address; None for whatever is none of this order."""
        parts = (text or "").split("_")
        if len(parts) != len(self.columns) or not all(map(_is_number, parts)):
            return None
        return tuple(int(part) for part in parts)

    def _behind(self, after: Cursor) -> Any:
        """Compared as rows, which both databases answer with one range of the index, however many are equal."""
        columns, values = _row(*map(F, self.columns)), _row(*map(Value, after))
        return LessThan(columns, values) if self.falling else GreaterThan(columns, values)


BEST = Sorting("best", ("rank", "pk"))
NEWEST = Sorting("newest", ("pk",))
OLDEST = Sorting("oldest", ("pk",), falling=False)
ANSWERED = Sorting("answered", ("answered",), condition=Q(answered__isnull=False))

SORTINGS = {sorting.name: sorting for sorting in (BEST, NEWEST, OLDEST, ANSWERED)}


def sorting_named(name: str | None) -> Sorting:
    return SORTINGS.get(name or "", BEST)


def _row(*expressions: Any) -> Func:
    return Func(*expressions, template="(%(expressions)s)", arg_joiner=", ", output_field=BooleanField())


def _is_number(text: str) -> bool:
    digits = text.removeprefix("-")
    return digits.isascii() and digits.isdigit() and len(digits) <= DIGITS_OF_A_NUMBER
