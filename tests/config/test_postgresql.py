"""PostgreSQL that is away."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import OperationalError
from django.db.utils import ConnectionHandler

from config.environment import POSTGRESQL_POOL, Environment
from pagecache.breaker import REST

READERS = 60


@pytest.fixture
def away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ConnectionHandler]:
    monkeypatch.setenv("DATABASE_URL", f"postgres://parley@/parley?host={tmp_path}")
    # Django keeps one pool for each alias: that of the tests' own database is another.
    handler = ConnectionHandler({"default": {}, "away": Environment().database(tmp_path)})
    yield handler
    handler["away"].close_pool()


def has_waited(handler: ConnectionHandler) -> bool:
    """Return whether the caller had to wait for the answer that there is no connection."""
    started = time.monotonic()
    with pytest.raises(OperationalError):
        handler["away"].ensure_connection()
    return time.monotonic() - started >= POSTGRESQL_POOL["timeout"]


@pytest.mark.django_db
def test_one_wait_tells_all_readers_that_the_database_is_away(away: ConnectionHandler) -> None:
    assert has_waited(away)
    started = time.monotonic()
    with ThreadPoolExecutor(8) as pool:
        waits = sum(pool.map(has_waited, [away] * READERS))
    # One caller tries again after each rest.
    assert waits <= (time.monotonic() - started) / REST
