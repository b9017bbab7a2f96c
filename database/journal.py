"""The journal of SQLite, which has deleted text until something is written over it.

The file of the database itself keeps none: `PRAGMA secure_delete` (config/environment.py).
"""

from django.db import OperationalError, connection

MOST_SECONDS = 1  # that others wait


def empty_journal() -> bool:
    """Write the journal into the database, and cut it off. Return False if somebody is reading."""
    if connection.vendor != "sqlite":
        return True
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {MOST_SECONDS * 1000}")
        try:
            is_busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        except OperationalError:  # inside of a transaction
            return False
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {before}")
    return not is_busy
