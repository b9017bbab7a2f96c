"""Ask the database before the start whether it can serve:
it answers, is in UTF-8 and can be written to.
"""

from typing import Any

import psycopg
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection

from database.writable import try_to_write

ENCODING = "UTF8"


def refuse_unless_database_serves() -> None:
    if connection.vendor == "postgresql":
        _postgresql()
    else:
        _sqlite()


def _postgresql() -> None:
    try:
        # Past the pool, which would say only that it waited.
        with psycopg.connect(**connection.get_connection_params()) as server:
            _check_postgresql(server)
    except psycopg.Error as error:
        raise ImproperlyConfigured(
            f"The database cannot be reached ({_reason(error)}): check DATABASE_URL and that the "
            "server runs."
        ) from None


def _check_postgresql(server: "psycopg.Connection[Any]") -> None:
    [needed, *_] = connection.features.minimum_database_version or (0,)
    if server.info.server_version // 10000 < needed:
        raise ImproperlyConfigured(
            f"The database at DATABASE_URL is too old: PostgreSQL {needed} or newer is needed."
        )
    encoding = server.info.parameter_status("server_encoding")
    if encoding != ENCODING:
        raise ImproperlyConfigured(
            f"The database at DATABASE_URL is in {encoding}, which cannot hold every letter:"
            " make one with createdb --encoding UTF8 --template template0."
        )
    if _value(server, "SHOW transaction_read_only") == "on":
        raise ImproperlyConfigured(
            "The database at DATABASE_URL cannot be written to:"
            " it is a standby, or default_transaction_read_only is on."
        )
    if not _value(
        server, "SELECT has_schema_privilege(current_schema(), 'CREATE')"
    ) and not _has_tables(server):
        raise ImproperlyConfigured(
            "The user in DATABASE_URL may not make tables: make this user the owner of the "
            "database."
        )


def _has_tables(server: "psycopg.Connection[Any]") -> bool:
    return bool(_value(server, "SELECT to_regclass('django_migrations') IS NOT NULL"))


def _value(server: "psycopg.Connection[Any]", query: Any) -> Any:
    row = server.execute(query).fetchone()
    return row[0] if row else None


def _reason(error: psycopg.Error) -> str:
    """Return the line that says why; psycopg also writes
    hints, and one for each address that it tried.
    """
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return next(
        (line for line in lines if "FATAL" in line), lines[0] if lines else type(error).__name__
    )


def _sqlite() -> None:
    try:
        with connection.cursor() as cursor:
            try_to_write(cursor.execute)
    except DatabaseError as error:
        name = connection.settings_dict["NAME"]
        raise ImproperlyConfigured(
            f"The database {name} cannot be written to ({error}): check who owns the file and "
            "its folder."
        ) from None
