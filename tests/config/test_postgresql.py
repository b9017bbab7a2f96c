"""PostgreSQL that is away, hangs or is busy."""

import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread, Timer
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.db.utils import ConnectionHandler

from config import postgresql
from config.environment import POSTGRESQL_POOL, Environment
from config.postgresql import connection as bounded
from config.serve.gateway import READERS, WRITERS
from pagecache.breaker import PAUSE, breaker_of

MANY = 60
QUICK = 0.5  # seconds; what waits for the server waits longer
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="about PostgreSQL")


class Relay:
    """A socket in the place of the server's, which passes on what it gets until it hangs."""

    def __init__(self, folder: Path, server: Callable[[], socket.socket]) -> None:
        self.going = Event()
        self.going.set()
        self._server = server
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(folder / ".s.PGSQL.5432"))
        self._listener.listen()
        self._start(self._accept)

    def _accept(self) -> None:
        while True:
            client, _ = self._listener.accept()
            server = self._server()
            self._start(self._pass, client, server)
            self._start(self._pass, server, client)

    def _pass(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):  # the other end is gone
            while data := source.recv(65_536):
                self.going.wait()
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)

    @staticmethod
    def _start(work: Callable[..., None], *arguments: Any) -> None:
        Thread(target=work, args=arguments, daemon=True).start()


@pytest.fixture
def handler_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], ConnectionHandler]]:
    """Connections to a server whose socket is in `tmp_path`."""
    handlers: list[ConnectionHandler] = []

    def at() -> ConnectionHandler:
        settings = connection.settings_dict
        monkeypatch.setenv(
            "DATABASE_URL", f"postgres://{settings['USER'] or 'parley'}@/parley?host={tmp_path}"
        )
        database = Environment().database(tmp_path)
        if connection.vendor == "postgresql":
            database |= {"NAME": settings["NAME"], "PASSWORD": settings["PASSWORD"]}
        # Django keeps one pool for each alias: that of the tests' own database is another.
        handlers.append(ConnectionHandler({"default": {}, "away": database}))
        return handlers[-1]

    yield at
    breaker_of.cache_clear()
    for handler in handlers:
        handler["away"].close_pool()


@pytest.fixture
def relay(tmp_path: Path) -> Iterator[Relay]:
    def server() -> socket.socket:
        settings = connection.settings_dict
        host, port = settings["HOST"], int(settings["PORT"] or 5432)
        if not host.startswith("/"):
            return socket.create_connection((host, port))
        to = socket.socket(socket.AF_UNIX)
        to.connect(f"{host}/.s.PGSQL.{port}")
        return to

    relay = Relay(tmp_path, server)
    yield relay
    relay.going.set()


def ask(handler: ConnectionHandler, statement: str = "SELECT 1") -> None:
    """Ask as a request does: the connection goes back to the pool."""
    try:
        with handler["away"].cursor() as cursor:
            cursor.execute(statement)
    finally:
        handler["away"].close()


def seconds_of_refusal(handler: ConnectionHandler, statement: str = "SELECT 1") -> float:
    started = time.monotonic()
    with pytest.raises(OperationalError):
        ask(handler, statement)
    return time.monotonic() - started


def waits_of_many(handler: ConnectionHandler) -> int:
    with ThreadPoolExecutor(8) as pool:
        refusals = pool.map(lambda _: seconds_of_refusal(handler), range(MANY))
    return sum(seconds >= POSTGRESQL_POOL["timeout"] for seconds in refusals)


@pytest.mark.django_db
def test_one_wait_tells_all_readers_that_the_database_is_away(
    handler_at: Callable[[], ConnectionHandler],
) -> None:
    away = handler_at()
    assert seconds_of_refusal(away) >= POSTGRESQL_POOL["timeout"]
    started = time.monotonic()
    # One caller tries again after each rest.
    assert waits_of_many(away) <= (time.monotonic() - started) / PAUSE


@on_postgresql
@pytest.mark.django_db
def test_a_server_that_hangs_is_found_out_and_used_again(
    handler_at: Callable[[], ConnectionHandler], relay: Relay
) -> None:
    hanging = handler_at()
    ask(hanging)
    relay.going.clear()
    assert seconds_of_refusal(hanging) < bounded.CHECK + POSTGRESQL_POOL["timeout"] + QUICK
    assert seconds_of_refusal(hanging) < QUICK
    relay.going.set()
    time.sleep(PAUSE)
    ask(hanging)


@on_postgresql
@pytest.mark.django_db
def test_a_statement_in_the_middle_of_which_the_server_hangs_ends(
    handler_at: Callable[[], ConnectionHandler], relay: Relay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounded, "GRACE", 0.1)
    monkeypatch.setattr(postgresql.Statements, "patience", 0.5)
    hanging = handler_at()
    ask(hanging)
    Timer(0.1, relay.going.clear).start()
    assert seconds_of_refusal(hanging, "SELECT pg_sleep(0.3)") < 0.6 + QUICK


@on_postgresql
@pytest.mark.django_db
def test_the_server_ends_a_statement_that_takes_too_long(
    handler_at: Callable[[], ConnectionHandler], relay: Relay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql.Statements, "patience", 0.5)
    handler = handler_at()
    with pytest.raises(OperationalError, match="statement timeout"):
        ask(handler, "SELECT pg_sleep(20)")
    ask(handler)


@on_postgresql
@pytest.mark.django_db
def test_a_command_may_take_its_time(
    handler_at: Callable[[], ConnectionHandler], relay: Relay
) -> None:
    ask(handler_at(), f"SELECT pg_sleep({bounded.CHECK + 0.2})")


@on_postgresql
@pytest.mark.django_db
def test_a_busy_pool_is_not_taken_for_a_server_that_is_away(
    handler_at: Callable[[], ConnectionHandler], relay: Relay
) -> None:
    busy = handler_at()
    busy["away"].settings_dict["OPTIONS"]["pool"] |= {"max_size": 1}
    sleep = f"SELECT pg_sleep({POSTGRESQL_POOL['timeout'] / 2})"
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(ask, busy, sleep) for _ in range(8)]
    in_vain = [each.exception() for each in asked if each.exception()]
    assert 0 < len(in_vain) < len(asked)
    assert all(isinstance(error, OperationalError) for error in in_vain)
    ask(busy)


def test_a_process_has_no_more_threads_than_connections() -> None:
    assert POSTGRESQL_POOL["max_size"] >= READERS + WRITERS
