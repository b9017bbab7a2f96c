"""The order of an article's facts and of its questions, kept as numbers from 1."""

import sys
from typing import Any


def put_in_order(rows: Any) -> None:
    """Numbers the rows of a related manager; those without a number go to the end."""
    _number(sorted(rows.all(), key=lambda row: (row.position or sys.maxsize, row.pk)))


def move(rows: Any, pk: int, *, by: int) -> None:
    """Moves a row up (-1) or down (+1); at either end it stays where it is."""
    ordered = list(rows.all())
    place = next((place for place, row in enumerate(ordered) if row.pk == pk), None)
    if place is None:
        return
    row = ordered.pop(place)
    ordered.insert(max(place + by, 0), row)
    _number(ordered)


def _number(rows: list[Any]) -> None:
    for position, row in enumerate(rows, start=1):
        if row.position != position:
            row.position = position
            row.save(update_fields=["position"])
