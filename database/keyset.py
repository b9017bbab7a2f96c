"""Lists that go on behind the last row shown, by its key or
its time: never counted, never skipped through.
"""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.db.models import BooleanField, F, Func, QuerySet, Value
from django.db.models.lookups import GreaterThan, LessThan

# A key is a 64-bit number: more digits would not be asked for, but refused by the database.
DIGITS_OF_A_NUMBER: Final = 18
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)
BY_TIME: Final = ("created_at", "pk")

Cursor = tuple[int | datetime, ...]


def page_of(
    rows: "QuerySet[Any]", *, after: int | None, number: int, falling: bool = True
) -> tuple[list[Any], int | None]:
    """So many rows in the order of their keys, and the
    cursor behind which it goes on; None at the end.
    """
    if after:
        rows = rows.filter(**{"pk__lt" if falling else "pk__gt": after})
    found = list(rows.order_by("-pk" if falling else "pk")[: number + 1])
    shown = found[:number]
    return shown, shown[-1].pk if len(found) > number else None


def page_by_time(
    rows: "QuerySet[Any]", *, after: Cursor | None, number: int
) -> tuple[list[Any], str]:
    """So many rows, the newest first, and the cursor behind which it goes on; "" at the end."""
    if after:
        rows = rows.filter(behind(after, BY_TIME, falling=True))
    found = list(rows.order_by("-created_at", "-pk")[: number + 1])
    shown = found[:number]
    return shown, cursor_at(shown[-1], BY_TIME) if len(found) > number else ""


def behind(after: Cursor, columns: tuple[str, ...], *, falling: bool) -> Any:
    """Compared as rows, which both databases answer with
    one range of the index, however many are equal.
    """
    left, right = _row(*map(F, columns)), _row(*map(Value, after))
    return LessThan(left, right) if falling else GreaterThan(left, right)


def cursor_at(row: Any, columns: tuple[str, ...]) -> str:
    return written(tuple(getattr(row, column) for column in columns))


def written(cursor: Cursor | None) -> str:
    """Return the cursor as it stands in an address; a time is a number of microseconds."""
    numbers = (
        (each - EPOCH) // MICROSECOND if isinstance(each, datetime) else each
        for each in cursor or ()
    )
    return "_".join(map(str, numbers))


def cursor_in(text: str | None, columns: tuple[str, ...]) -> Cursor | None:
    """Return the cursor in an address; None, which is the
    first page, for whatever is none of these columns.
    """
    parts = (text or "").split("_")
    if len(parts) != len(columns) or not all(map(_is_number, parts)):
        return None
    try:
        return tuple(_value(column, int(part)) for column, part in zip(columns, parts, strict=True))
    except OverflowError:  # a time that no clock shows
        return None


def number_in(text: str | None) -> int | None:
    """Return the key of a row in an address; None for whatever is none."""
    return int(text) if text and text.isdigit() and _is_number(text) else None


def _value(column: str, number: int) -> int | datetime:
    return EPOCH + number * MICROSECOND if column == "created_at" else number


def _row(*expressions: Any) -> Func:
    return Func(
        *expressions, template="(%(expressions)s)", arg_joiner=", ", output_field=BooleanField()
    )


def _is_number(text: str) -> bool:
    digits = text.removeprefix("-")
    return digits.isascii() and digits.isdigit() and len(digits) <= DIGITS_OF_A_NUMBER
