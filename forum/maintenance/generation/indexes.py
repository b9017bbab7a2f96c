"""PostgreSQL's indexes and references are put aside while a table
is filled: made at once they cost half as much.

All in the transaction that fills: if that fails, everything is as it was. Pages that read comments
wait for its end. SQLite gains nothing by it, and keeps its indexes.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.models import Max

from forum.discussion.models.comment import Comment
from forum.votes.models import Vote

TABLES = [Comment._meta.db_table, Vote._meta.db_table]
# They hold few of the rows or none, and stay: to make one takes a walk through the whole table.
NEARLY_EMPTY = [
    "comment_by_kind",
    "comment_by_passage_and_time",
    "comment_heads_by_answer",
    "comment_key_once_without_author",
]
MEMORY = "256MB"

FOUND = """
SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
       format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(oid))
  FROM pg_constraint WHERE conrelid = %(table)s::regclass AND contype IN ('f', 'u')
UNION ALL
SELECT format('DROP INDEX %%s', indexrelid::regclass), pg_get_indexdef(indexrelid)
  FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
 WHERE indrelid = %(table)s::regclass AND NOT relname = ANY(%(nearly_empty)s)
   AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND conrelid = indrelid)
"""


def worth_putting_aside(comments: int) -> bool:
    """Where most comments were there before, making indexes anew takes longer than adding to them."""
    highest = Comment.objects.aggregate(highest=Max("pk"))["highest"] or 0
    return connection.vendor == "postgresql" and comments >= highest


@contextmanager
def put_aside() -> Iterator[None]:
    """Within a transaction. What somebody has put aside already is theirs to give back."""
    aside = [statements for table in TABLES for statements in _found(table)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SET CONSTRAINTS ALL IMMEDIATE"
        )  # no table changes while checks of its rows wait
        cursor.execute(f"SET LOCAL maintenance_work_mem = '{MEMORY}'")
        for taken, _ in aside:
            cursor.execute(taken)
    yield
    with connection.cursor() as cursor:
        for _, given_back in reversed(aside):
            cursor.execute(given_back)


def _found(table: str) -> list[tuple[str, str]]:
    """What takes each of them away, and what gives it back."""
    with connection.cursor() as cursor:
        cursor.execute(FOUND, {"table": table, "nearly_empty": NEARLY_EMPTY})
        return list(cursor.fetchall())
