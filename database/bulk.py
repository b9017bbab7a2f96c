"""How rows get into the database in bulk: by COPY into PostgreSQL, by prepared INSERTs into SQLite."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Protocol

from django.db import connection, transaction

from forum.discussion.models.comment import Comment

CHUNK = 2000  # rows between two movements of the progress bar
Progress = Callable[[int], None]  # is told how many rows are written

COMMENTS = Comment._meta.db_table


class Door(Protocol):
    null: Any

    def text(self, words: str) -> str: ...
    def reserve(self, number: int) -> int: ...
    def fill(
        self, table: str, columns: Sequence[str], rows: Iterable[Any], progress: Progress
    ) -> None: ...


class PostgreSQL:
    null = r"\N"
    _escapes = str.maketrans({"\\": r"\\", "\n": r"\n", "\r": r"\r", "\t": r"\t"})

    def text(self, words: str) -> str:
        return words.translate(self._escapes)

    @transaction.atomic
    def reserve(self, number: int) -> int:
        """Nobody else is given one of these keys: the lock
        keeps others from asking for some in between.
        """
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {COMMENTS} IN SHARE ROW EXCLUSIVE MODE")
            cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [COMMENTS])
            first = int(cursor.fetchone()[0])
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)",
                [COMMENTS, first + number - 1],
            )
        return first

    def fill(
        self, table: str, columns: Sequence[str], rows: Iterable[Any], progress: Progress
    ) -> None:
        line = "\t".join(["%s"] * len(columns)) + "\n"
        with (
            connection.cursor() as cursor,
            cursor.copy(f"COPY {table} ({','.join(columns)}) FROM STDIN") as copy,
        ):
            for chunk in _chunks(rows):
                copy.write("".join(map(line.__mod__, chunk)))
                progress(len(chunk))


class SQLite:
    null = None

    def text(self, words: str) -> str:
        return words

    @transaction.atomic
    def reserve(self, number: int) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [COMMENTS])
            last = cursor.fetchone()
            if last is None:
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, 0)", [COMMENTS])
            cursor.execute(
                "UPDATE sqlite_sequence SET seq = seq + %s WHERE name = %s", [number, COMMENTS]
            )
        return last[0] + 1 if last else 1

    def fill(
        self, table: str, columns: Sequence[str], rows: Iterable[Any], progress: Progress
    ) -> None:
        places = ",".join(["%s"] * len(columns))
        insert = f"INSERT INTO {table} ({','.join(columns)}) VALUES ({places})"  # noqa: S608
        with connection.cursor() as cursor:
            for chunk in _chunks(rows):
                cursor.executemany(insert, chunk)
                progress(len(chunk))


def door() -> Door:
    return PostgreSQL() if connection.vendor == "postgresql" else SQLite()


def _chunks(rows: Iterable[Any]) -> Iterator[list[Any]]:
    waiting = iter(rows)
    while chunk := list(islice(waiting, CHUNK)):
        yield chunk
