"""Lists that go on by the key of the last row shown: never counted, never skipped through."""

from typing import Any

from django.db.models import QuerySet


def page_of(
    rows: "QuerySet[Any]", *, after: int | None, number: int, falling: bool = True
) -> tuple[list[Any], int | None]:
    """So many rows in the order of their keys, and the cursor behind which it goes on; None at the end."""
    if after:
        rows = rows.filter(**{"pk__lt" if falling else "pk__gt": after})
    found = list(rows.order_by("-pk" if falling else "pk")[: number + 1])
    shown = found[:number]
    return shown, shown[-1].pk if len(found) > number else None
