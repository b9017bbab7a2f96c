"""Load many rows at once: by COPY into PostgreSQL, by prepared INSERTs into SQLite."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, Protocol

from django.db import connection, transaction

CHUNK = 2000  # rows between two calls of Progress
Progress = Callable[[int], None]  # called with the number of rows that were written
Rows = Iterable[Any]  # a tuple for each row, with texts as Loader.text() returns them


class Loader(Protocol):
    null: Any  # in a row, instead of None

    def text(self, words: str) -> str:
        """Return a text as it has to be in a row."""

    def reserve_keys(self, table: str, number: int) -> int:
        """Return the first of so many consecutive keys that nobody else gets."""

    def load(self, table: str, columns: Sequence[str], rows: Rows, progress: Progress) -> None: ...


class PostgreSQLLoader:
    null = r"\N"
    _escapes = str.maketrans({"\\": r"\\", "\n": r"\n", "\r": r"\r", "\t": r"\t"})

    def text(self, words: str) -> str:
        return words.translate(self._escapes)

    @transaction.atomic
    def reserve_keys(self, table: str, number: int) -> int:
        """Lock the table meanwhile, so that nobody takes a key between the two statements."""
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")
            cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [table])
            first = int(cursor.fetchone()[0])
            last = first + number - 1
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, last])
        return first

    def load(self, table: str, columns: Sequence[str], rows: Rows, progress: Progress) -> None:
        line = "\t".join(["%s"] * len(columns)) + "\n"
        statement = f"COPY {table} ({','.join(columns)}) FROM STDIN"
        with connection.cursor() as cursor, cursor.copy(statement) as copy:
            for chunk in _chunks(rows):
                copy.write("".join(map(line.__mod__, chunk)))
                progress(len(chunk))


class SQLiteLoader:
    null = None

    def text(self, words: str) -> str:
        return words

    @transaction.atomic
    def reserve_keys(self, table: str, number: int) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            last = cursor.fetchone()
            if last is None:
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, 0)", [table])
            advance = "UPDATE sqlite_sequence SET seq = seq + %s WHERE name = %s"
            cursor.execute(advance, [number, table])
        return last[0] + 1 if last else 1

    def load(self, table: str, columns: Sequence[str], rows: Rows, progress: Progress) -> None:
        values = ",".join(["%s"] * len(columns))
        insert = f"INSERT INTO {table} ({','.join(columns)}) VALUES ({values})"  # noqa: S608
        with connection.cursor() as cursor:
            for chunk in _chunks(rows):
                cursor.executemany(insert, chunk)
                progress(len(chunk))


def loader() -> Loader:
    return PostgreSQLLoader() if connection.vendor == "postgresql" else SQLiteLoader()


def _chunks(rows: Rows) -> Iterator[list[Any]]:
    remaining = iter(rows)
    while chunk := list(islice(remaining, CHUNK)):
        yield chunk
