import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.db import connection

from database.writable import _sqlite_is_writable, is_writable


def test_the_database_of_the_site_takes_writes(db: None) -> None:
    assert is_writable()


def test_a_standby_takes_none(transactional_db: None) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has no standby")
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = on")
        assert not is_writable()
        cursor.execute("SET default_transaction_read_only = off")


@pytest.fixture
def file() -> Iterator[Path]:
    """A database in a folder that everybody may write to."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        file = Path(folder, "site.sqlite3")
        with closing(sqlite3.connect(file)) as database:
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("CREATE TABLE words (text TEXT)")
        yield file


@pytest.fixture
def as_somebody() -> Iterator[Callable[[], None]]:
    """Run as a user to whom file modes apply, as they do not apply to root."""
    user = os.geteuid()
    yield lambda: None if user else os.seteuid(65534)
    os.seteuid(user)


@pytest.mark.parametrize("mode", [0o444, 0o400, 0o000])
def test_a_file_that_may_only_be_read_takes_none(
    file: Path, mode: int, as_somebody: Callable[[], None]
) -> None:
    file.chmod(mode)
    as_somebody()
    assert not _sqlite_is_writable(file)


def test_a_file_that_is_gone_takes_none(file: Path) -> None:
    file.unlink()
    assert not _sqlite_is_writable(file)
    assert not file.exists()


def test_whoever_writes_just_now_makes_nobody_wait(file: Path) -> None:
    with sqlite3.connect(file, isolation_level=None) as writer:
        writer.execute("BEGIN IMMEDIATE")
        assert _sqlite_is_writable(file)
        writer.execute("ROLLBACK")
