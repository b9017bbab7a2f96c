from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import QuerySet


def first_of_each(readings: Iterable[QuerySet]) -> list[tuple[Any, ...]]:
    """The rows of several readings, each cut by a limit of its
    own, in one query: plain values, in no order.

    What a page reads of each of twenty people is bounded so, however much there is of one of them.
    """
    parts: list[str] = []
    parameters: list[Any] = []
    for reading in readings:
        sql, values = reading.query.sql_with_params()
        # SQLite takes a limit in a part of a union only where the part is a table of its own.
        parts.append(f"SELECT * FROM ({sql}) AS part")  # noqa: S608 - written by Django
        parameters += values
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), parameters)
        return list(cursor.fetchall())
