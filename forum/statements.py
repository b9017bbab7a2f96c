"""Queries that are asked so often that writing their SQL each time would take ten times as long as the answer."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import QuerySet

# What is not known yet when the SQL is written; no key is negative.
FIRST, SECOND = -1, -2


class Statement:
    """A QuerySet of plain values, made into SQL once. It is given as a function: models are not there at import."""

    def __init__(self, queryset: Callable[[], QuerySet]) -> None:
        self.queryset = queryset

    def rows(self, *values: int) -> list[Any]:
        sql, parameters = self._written
        given = dict(zip((FIRST, SECOND), values, strict=False))
        with connection.cursor() as cursor:
            cursor.execute(sql, [given.get(each, each) for each in parameters])
            return list(cursor.fetchall())

    @cached_property
    def _written(self) -> tuple[str, tuple[Any, ...]]:
        sql, parameters = self.queryset().query.sql_with_params()
        return sql, parameters
