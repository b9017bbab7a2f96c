"""Queries that are asked so often that writing their SQL each
time would take ten times as long as the answer.
"""

from collections.abc import Callable
from copy import copy
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import QuerySet

# What is not known yet when the SQL is written: no key is negative, and no text is one of these.
FIRST, SECOND, THIRD, FOURTH = UNKNOWN = (-1, -2, -3, -4)


def change(sql: str, *values: Any) -> list[Any]:
    """Changes rows; gives back what the SQL says is RETURNING, a row for each that was changed."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall()) if cursor.description else []


class Statement:
    """A QuerySet, made into SQL once. It is given as a function: models are not there at import."""

    def __init__(self, queryset: Callable[[], QuerySet]) -> None:
        self.queryset = queryset

    def rows(self, *values: Any) -> list[Any]:
        """The plain values of its columns, as the database gives them."""
        _, sql, _ = self._written
        with connection.cursor() as cursor:
            cursor.execute(sql, self._with(values))
            return list(cursor.fetchall())

    def instances(self, *values: Any) -> QuerySet:
        """The QuerySet itself, which finds its SQL written when it asks for it."""
        compiler, sql, _ = self._written
        written: Any = copy(compiler)
        written.connection = connection
        written.as_sql = lambda *_, **__: (sql, self._with(values))
        found = self._unbound.all()
        found.query.get_compiler = lambda *_, **__: written  # type: ignore[method-assign]
        return found

    def _with(self, values: tuple[Any, ...]) -> tuple[Any, ...]:
        adapted = (
            connection.ops.adapt_datetimefield_value(v) if isinstance(v, datetime) else v
            for v in values
        )
        given: dict[Any, Any] = dict(zip(UNKNOWN, adapted, strict=False))
        given |= {str(unknown): value for unknown, value in given.items()}
        _, _, parameters = self._written
        return tuple(given.get(each, each) for each in parameters)

    @cached_property
    def _unbound(self) -> QuerySet:
        return self.queryset()

    @cached_property
    def _written(self) -> tuple[Any, str, tuple[Any, ...]]:
        compiler = self._unbound.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, parameters = compiler.as_sql()
        return compiler, sql, parameters
