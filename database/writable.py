"""Asking whether a database takes writes, without waiting for those who write."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import connection


def is_writable() -> bool:
    """Return whether the database takes writes. Raises DatabaseError where it does not answer."""
    if connection.vendor == "sqlite":
        return _sqlite_is_writable(Path(connection.settings_dict["NAME"]))
    with connection.cursor() as cursor:
        cursor.execute("SHOW transaction_read_only")
        return bool(cursor.fetchone() == ("off",))


def _sqlite_is_writable(file: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=rw", uri=True, timeout=0)) as database:
            try_to_write(database.execute)
    except sqlite3.OperationalError as error:
        return error.sqlite_errorcode == sqlite3.SQLITE_BUSY  # somebody writes
    return True


def try_to_write(execute: Callable[[str], Any]) -> None:
    """Write to SQLite, and take it back. A transaction
    alone can be begun in a file that is read only.
    """
    execute("BEGIN IMMEDIATE")
    try:
        execute("PRAGMA user_version = 0")
    finally:
        execute("ROLLBACK")
