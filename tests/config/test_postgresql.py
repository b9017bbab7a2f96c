"""PostgreSQL that is away."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import OperationalError
from django.db.utils import ConnectionHandler

from config.environment import POSTGRESQL_POOL, Environment

READERS = 60
QUICK = 0.5  # seconds, for all of them


@pytest.fixture
def away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ConnectionHandler:
    monkeypatch.setenv("DATABASE_URL", f"postgres://parley@/parley?host={tmp_path}")
    return ConnectionHandler({"default": Environment().database(tmp_path)})


def seconds_until_refused(handler: ConnectionHandler) -> float:
    started = time.monotonic()
    with pytest.raises(OperationalError):
        handler["default"].ensure_connection()
    return time.monotonic() - started


@pytest.mark.django_db
def test_one_wait_tells_all_readers_that_the_database_is_away(away: ConnectionHandler) -> None:
    assert seconds_until_refused(away) < POSTGRESQL_POOL["timeout"] + QUICK
    with ThreadPoolExecutor(8) as pool:
        started = time.monotonic()
        list(pool.map(seconds_until_refused, [away] * READERS))
    assert time.monotonic() - started < QUICK
    away["default"].close_pool()
