"""Page through rows by cursor: a page begins behind the last row shown, found by its key or time.

No row is counted or skipped, so a page far in costs as much as the first one. All numbers and
cursors in addresses are parsed here.
"""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.db.models import BooleanField, F, Func, QuerySet, Value
from django.db.models.lookups import GreaterThan, LessThan

# Keys are 64-bit numbers: the database refuses numbers with more digits.
DIGITS_OF_A_NUMBER: Final = 18
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)
BY_TIME: Final = ("created_at", "pk")
TIMES: Final = {
    "created_at",
    "opened_at",
    "published_at",
    "updated_at",
}  # columns; the others are numbers

Cursor = tuple[int | datetime, ...]


def page_of(
    rows: "QuerySet[Any]", *, after: int | None, number: int, descending: bool = True
) -> tuple[list[Any], int | None]:
    """Return so many rows in the order of their keys, and the cursor of the next page or None."""
    if after:
        rows = rows.filter(**{"pk__lt" if descending else "pk__gt": after})
    one_more = list(rows.order_by("-pk" if descending else "pk")[: number + 1])
    page = one_more[:number]
    return page, page[-1].pk if len(one_more) > number else None


def page_by_time(
    rows: "QuerySet[Any]", *, after: Cursor | None, number: int
) -> tuple[list[Any], str]:
    """Return so many rows, the newest first, and the cursor of the next page or ""."""
    if after:
        rows = rows.filter(is_behind(after, BY_TIME, descending=True))
    one_more = list(rows.order_by("-created_at", "-pk")[: number + 1])
    page = one_more[:number]
    return page, cursor_at(page[-1], BY_TIME) if len(one_more) > number else ""


def is_behind(cursor: Cursor, columns: tuple[str, ...], *, descending: bool) -> Any:
    """Return the condition for rows behind the cursor.

    It compares row values, which both databases answer with one range of an index, however
    many rows have the same time.
    """
    left, right = _row(*map(F, columns)), _row(*map(Value, cursor))
    return LessThan(left, right) if descending else GreaterThan(left, right)


def cursor_at(row: Any, columns: tuple[str, ...]) -> str:
    return format_cursor(tuple(getattr(row, column) for column in columns))


def format_cursor(cursor: Cursor | None) -> str:
    """Return the cursor for an address; a time is a number of microseconds."""
    return "_".join(str(_number(value)) for value in cursor or ())


def parse_cursor(text: str | None, columns: tuple[str, ...]) -> Cursor | None:
    """Return the cursor in an address; None, which is the first page, if it is none of these
    columns.
    """
    parts = (text or "").split("_")
    if len(parts) != len(columns) or not all(map(_is_number, parts)):
        return None
    try:
        return tuple(_value(column, int(part)) for column, part in zip(columns, parts, strict=True))
    except OverflowError:  # a time that datetime cannot hold
        return None


def parse_number(text: str | None) -> int | None:
    """Return the number in an address or a form; None if the text is none."""
    return int(text) if text and text.isdigit() and _is_number(text) else None


def _number(value: int | datetime) -> int:
    return (value - EPOCH) // MICROSECOND if isinstance(value, datetime) else value


def _value(column: str, number: int) -> int | datetime:
    return EPOCH + number * MICROSECOND if column in TIMES else number


def _row(*expressions: Any) -> Func:
    return Func(
        *expressions, template="(%(expressions)s)", arg_joiner=", ", output_field=BooleanField()
    )


def _is_number(text: str) -> bool:
    digits = text.removeprefix("-")
    return digits.isascii() and digits.isdigit() and len(digits) <= DIGITS_OF_A_NUMBER
