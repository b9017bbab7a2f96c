"""Search by words: a column of words, its index, and queries that read so much of it at most.

PostgreSQL has a column of type `tsvector` with a GIN index; SQLite has a text, and triggers that
keep an FTS5 table in step in the same transaction. Both get words that Python made
(text.search_words), and take them as they are. Every statement of either kind is in this module.
"""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final, Protocol

from django.apps.config import AppConfig
from django.db import DatabaseError, connection, models
from django.db.models.expressions import RawSQL

COLUMN: Final = "search_words"
# A word of this form is of no text: it stands for the article that a row belongs to.
MARK: Final = "\u00b7"
SECURE_DELETE_SINCE: Final = (3, 42)  # of SQLite: the index keeps no word of a deleted row
PAGES_AT_ONCE: Final = 500
CHECK: Final = "INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)"
REBUILD: Final = "INSERT INTO {index} ({index}) VALUES ('rebuild')"
_LEXEME: Final = re.compile(r"'([^']*)':([\d,]+)")


class Term(Protocol):
    """Words that stand one behind the other (text.search_words)."""

    @property
    def words(self) -> tuple[str, ...]: ...
    @property
    def is_prefix(self) -> bool: ...  # its last word
    @property
    def is_excluded(self) -> bool: ...


class Query(Protocol):
    @property
    def terms(self) -> Sequence[Term]: ...


class SearchWordsField(models.TextField):
    """Words with spaces between them, stored so that the database finds the rows that have some.

    Reading returns them as the database has them: `plain` makes words of it.
    """

    def __init__(self, **options: Any) -> None:
        usual: dict[str, Any] = {"default": "", "blank": True, "editable": False}
        super().__init__(**(usual | options))

    def db_type(self, connection: Any) -> str:
        return "tsvector" if connection.vendor == "postgresql" else "text"

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if connection.vendor == "postgresql" and isinstance(value, str):
            return _vector(value)
        return value


def stored(words: str) -> str:
    """Return words as a row has them that is loaded in bulk (database.bulk)."""
    return _vector(words) if connection.vendor == "postgresql" else words


def plain(value: str) -> str:
    """Return the words of a value that was read."""
    if not value.startswith("'"):
        return value
    places = {
        int(place): word for word, found in _LEXEME.findall(value) for place in found.split(",")
    }
    return " ".join(places[place] for place in sorted(places))


def _vector(words: str) -> str:
    if words.startswith("'"):  # as it was read
        return words
    places: defaultdict[str, list[str]] = defaultdict(list)
    for place, word in enumerate(words.split(), start=1):
        places[word].append(str(place))
    return " ".join(f"'{word}':{','.join(found)}" for word, found in places.items())


def keys_that_match(
    model: type[models.Model], query: Query, *, keys: range, most: int, article: int | None = None
) -> RawSQL:
    """Return a subquery for the newest keys in a range whose rows have what is sought."""
    table = model._meta.db_table
    is_postgresql = connection.vendor == "postgresql"
    expression = (_tsquery if is_postgresql else _fts5)(query, article)
    sql = (_OF_POSTGRESQL if is_postgresql else _OF_SQLITE).format(table=table)
    return RawSQL(sql, (expression, keys.start, keys.stop - 1, most))  # noqa: S611


_OF_POSTGRESQL: Final = (
    "SELECT id FROM {table} WHERE search_words @@ (%s)::tsquery AND id BETWEEN %s AND %s "
    "ORDER BY id DESC LIMIT %s"
)
_OF_SQLITE: Final = (
    "SELECT rowid FROM {table}_search WHERE {table}_search MATCH %s AND rowid BETWEEN %s AND %s "
    "ORDER BY rowid DESC LIMIT %s"
)


def _tsquery(query: Query, article: int | None) -> str:
    parts = [f"'{MARK}{article}'"] if article else []
    return " & ".join([*parts, *map(_tsquery_term, query.terms)])


def _tsquery_term(term: Term) -> str:
    words = [f"'{word}'" for word in term.words]
    words[-1] += ":*" if term.is_prefix else ""
    return f"{'!' if term.is_excluded else ''}({' <-> '.join(words)})"


def _fts5(query: Query, article: int | None) -> str:
    parts = [f'"{MARK}{article}"'] if article else []
    sought = [_fts5_term(term) for term in query.terms if not term.is_excluded]
    out = [f" NOT {_fts5_term(term)}" for term in query.terms if term.is_excluded]
    return f"({' AND '.join([*parts, *sought])}){''.join(out)}"


def _fts5_term(term: Term) -> str:
    return f'"{" ".join(term.words)}"{" *" if term.is_prefix else ""}'


def make_indexes(sender: AppConfig, using: str, **options: Any) -> None:
    """Make the index of each column of words of an application, after its migrations.

    SQLite loses triggers when a migration makes a table anew, so they are made where they are
    missing, and then the index is filled again.
    """
    for model in sender.get_models():
        if any(isinstance(field, SearchWordsField) for field in model._meta.local_fields):
            table = model._meta.db_table
            if table in connection.introspection.table_names():
                make_index(table)


def make_index(table: str) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            name = f"{table}_search"
            cursor.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {table} USING gin (search_words)")
        elif not _has_triggers(cursor, table):
            for statement in _statements_of_sqlite(table):
                cursor.execute(statement)


def _has_triggers(cursor: Any, table: str) -> bool:
    cursor.execute(
        "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s "
        "AND name LIKE %s",
        [table, f"{table}_search_%"],
    )
    return bool(cursor.fetchone()[0] == len(_TRIGGERS))


_TRIGGERS: Final = {
    "insert": ("AFTER INSERT ON {table}", "{add}"),
    "delete": ("AFTER DELETE ON {table}", "{remove}"),
    "update": (
        "AFTER UPDATE OF search_words ON {table} WHEN old.search_words IS NOT new.search_words",
        "{remove} {add}",
    ),
}


def _statements_of_sqlite(table: str) -> Sequence[str]:
    """Return what makes the index and fills it. The tokenizer splits at spaces: whatever is not
    ASCII belongs to a word.
    """
    index = f"{table}_search"
    add = (
        f"INSERT INTO {index} (rowid, search_words) "  # noqa: S608
        "VALUES (new.id, new.search_words);"
    )
    remove = (
        f"INSERT INTO {index} ({index}, rowid, search_words) "  # noqa: S608
        "VALUES ('delete', old.id, old.search_words);"
    )
    parts = {"table": table, "add": add, "remove": remove}
    triggers = [
        f"CREATE TRIGGER IF NOT EXISTS {index}_{name} {when.format(**parts)} "
        f"BEGIN {what.format(**parts)} END"
        for name, (when, what) in _TRIGGERS.items()
    ]
    secure = f"INSERT INTO {index} ({index}, rank) VALUES ('secure-delete', 1)"  # noqa: S608
    return [
        (
            f"CREATE VIRTUAL TABLE IF NOT EXISTS {index} USING fts5(search_words, "
            f"content='{table}', content_rowid='id', tokenize='ascii')"
        ),
        *([secure] if sqlite3.sqlite_version_info >= SECURE_DELETE_SINCE else []),
        *triggers,
        REBUILD.format(index=index),
    ]


def is_index_right(table: str) -> bool:
    """Return True if the index of a table says what its rows do. PostgreSQL's always does."""
    if connection.vendor == "postgresql":
        return True
    index = f"{table}_search"
    with connection.cursor() as cursor:
        try:
            cursor.execute(CHECK.format(index=index))
        except DatabaseError as error:
            if "malformed" in str(error):
                return False
            raise
    return True


def rebuild_index(table: str) -> None:
    """Fill SQLite's index of a table again from its rows."""
    with connection.cursor() as cursor:
        cursor.execute(REBUILD.format(index=f"{table}_search"))


def forget_deleted_words() -> None:
    """Leave no word of a deleted row in the indexes of SQLite, which only mark them as deleted.

    Each statement takes less than a tenth of a second, so that others can write between them.
    """
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE sql LIKE %s", [f"%fts5({COLUMN},%"])
        for (index,) in cursor.fetchall():
            merge = f"INSERT INTO {index} ({index}, rank) VALUES ('merge', %s)"  # noqa: S608
            pages = -PAGES_AT_ONCE  # all parts of the index, not only the small ones
            while _changes_of(cursor, merge, pages) > 1:
                pages = PAGES_AT_ONCE


def _changes_of(cursor: Any, statement: str, value: int) -> int:
    """Return the number of rows that a statement changed, in tables of the index, too."""
    before = int(cursor.connection.total_changes)
    cursor.execute(statement, [value])
    return int(cursor.connection.total_changes) - before
