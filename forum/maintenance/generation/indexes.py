"""Drop PostgreSQL's indexes and references while a table is filled: making them again at the end
takes half the time.

Both happen in the transaction that fills the table: if it fails, everything is as before. Pages
that read comments wait for its end. SQLite gains nothing by it, and keeps its indexes.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.models import Max

from forum.discussion.models.comment import Comment
from forum.votes.models import Vote

TABLES = [Comment._meta.db_table, Vote._meta.db_table]
# Indexes of few rows or none stay: making one again means reading the whole table.
NEARLY_EMPTY = [
    "comment_by_kind",
    "comment_by_passage_and_time",
    "comment_heads_by_answer",
    "comment_key_once_without_author",
]
MEMORY = "256MB"

STATEMENTS = """
SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
       format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname,
              pg_get_constraintdef(oid))
  FROM pg_constraint WHERE conrelid = %(table)s::regclass AND contype IN ('f', 'u')
UNION ALL
SELECT format('DROP INDEX %%s', indexrelid::regclass), pg_get_indexdef(indexrelid)
  FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
 WHERE indrelid = %(table)s::regclass AND NOT relname = ANY(%(nearly_empty)s)
   AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND conrelid = indrelid)
"""


def is_worth_dropping_indexes(comments: int) -> bool:
    """Return True unless most comments are older: then adding to the indexes is faster."""
    highest = Comment.objects.aggregate(highest=Max("pk"))["highest"] or 0
    return connection.vendor == "postgresql" and comments >= highest


@contextmanager
def dropped_indexes() -> Iterator[None]:
    """Drop them in a transaction and make them again. Nested, the outer call does both."""
    statements = [pair for table in TABLES for pair in _statements(table)]
    with connection.cursor() as cursor:
        # PostgreSQL refuses to alter a table with deferred checks of its rows.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"SET LOCAL maintenance_work_mem = '{MEMORY}'")
        for drop, _ in statements:
            cursor.execute(drop)
    yield
    with connection.cursor() as cursor:
        for _, create in reversed(statements):
            cursor.execute(create)


def _statements(table: str) -> list[tuple[str, str]]:
    """Return for each index and reference what drops it, and what makes it again."""
    with connection.cursor() as cursor:
        cursor.execute(STATEMENTS, {"table": table, "nearly_empty": NEARLY_EMPTY})
        return list(cursor.fetchall())
