"""Queries whose SQL is compiled once, because compiling it takes far longer than running it."""

from collections.abc import Callable
from copy import copy
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import QuerySet


def param(number: int) -> int:
    """Return what stands for a parameter until it is known; `str(param(1))` for a text.

    No key is negative, and no text that is asked for is a negative number.
    """
    return -number


def execute(sql: str, *values: Any) -> list[Any]:
    """Run the SQL, and return the rows that it is RETURNING."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall()) if cursor.description else []


class PreparedQuery:
    """A QuerySet whose SQL is compiled at its first use.

    It is given as a function, because models cannot be used while modules are imported.
    """

    def __init__(self, queryset: Callable[[], QuerySet]) -> None:
        self.queryset = queryset

    def values(self, *values: Any) -> list[Any]:
        """Return the columns as the database gives them, without making objects of them."""
        _, sql, _ = self._compiled
        with connection.cursor() as cursor:
            cursor.execute(sql, self._bind(values))
            return list(cursor.fetchall())

    def objects(self, *values: Any) -> QuerySet:
        """Return the QuerySet, with a compiler that already has the SQL."""
        compiler, sql, _ = self._compiled
        prepared: Any = copy(compiler)
        prepared.connection = connection
        prepared.as_sql = lambda *_, **__: (sql, self._bind(values))
        queryset = self._unbound.all()
        queryset.query.get_compiler = lambda *_, **__: prepared  # type: ignore[method-assign]
        return queryset

    def _bind(self, values: tuple[Any, ...]) -> tuple[Any, ...]:
        """Return the parameters of the SQL with the values in place of `param(1)` and so on."""
        bound: dict[Any, Any] = {}
        for number, value in enumerate(values, 1):
            bound[param(number)] = bound[str(param(number))] = _adapted(value)
        _, _, parameters = self._compiled
        return tuple(bound.get(each, each) for each in parameters)

    @cached_property
    def _unbound(self) -> QuerySet:
        return self.queryset()

    @cached_property
    def _compiled(self) -> tuple[Any, str, tuple[Any, ...]]:
        compiler = self._unbound.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, parameters = compiler.as_sql()
        return compiler, sql, parameters


def _adapted(value: Any) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return value
