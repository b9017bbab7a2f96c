import os
import sqlite3
from pathlib import Path

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
def file(tmp_path: Path) -> Path:
    file = tmp_path / "site.sqlite3"
    with sqlite3.connect(file) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("CREATE TABLE words (text TEXT)")
    database.close()
    return file


def test_a_file_of_somebody_else_takes_none(file: Path) -> None:
    file.chmod(0o444)
    if os.geteuid() == 0:  # whom no mode stops
        pytest.skip("root may write to every file")
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
