import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from articles import stamps
from articles.stamps import Stamps
from articles.stamps.file import PLACES, StampFile

NO_REDIS = "No Redis on this machine: apt install redis-server"


@pytest.fixture
def clock(tmp_path: Path) -> StampFile:
    return StampFile(tmp_path / "stamps")


# --- The words that models use ---


@pytest.mark.django_db(transaction=True)
def test_a_change_is_stamped_when_it_is_committed() -> None:
    before = stamps.of(7)
    with transaction.atomic():
        stamps.purge(7)
        assert stamps.of(7) == before
    assert stamps.of(7) == (stamps.now(), before.grown)


@pytest.mark.django_db(transaction=True)
def test_what_is_taken_back_is_not_stamped() -> None:
    begun = stamps.now()
    with transaction.atomic():
        stamps.grow(7)
        transaction.set_rollback(True)
    assert stamps.now() == begun


@pytest.mark.django_db(transaction=True)
def test_a_clock_that_cannot_be_set_stops_nobody(
    monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    monkeypatch.setattr(stamps, "_clock", stamps._clock.__wrapped__)
    settings.DATA_DIR = tmp_path / "missing"
    stamps.purge(7)
    assert (stamps.now(), stamps.of(7)) == (None, None)


# --- The clock in a file ---


def test_a_new_clock_has_seen_no_change(clock: StampFile) -> None:
    assert (clock.now(), clock.of(7)) == (0, Stamps(0, 0))


def test_each_change_is_a_tick(clock: StampFile) -> None:
    for article, kind in ((7, "purged"), (8, "grown"), (7, "grown")):
        clock.mark(article, kind)
    assert (clock.of(7), clock.of(8), clock.now()) == (Stamps(1, 3), Stamps(0, 2), 3)


def test_articles_may_share_a_place(clock: StampFile) -> None:
    clock.mark(7, "purged")
    assert clock.of(7 + PLACES) == clock.of(7)


def test_the_file_is_for_the_site_alone(clock: StampFile, tmp_path: Path) -> None:
    assert (tmp_path / "stamps").stat().st_mode & 0o777 == 0o600


def test_the_clock_goes_on_after_a_restart(clock: StampFile, tmp_path: Path) -> None:
    clock.mark(7, "purged")
    assert StampFile(tmp_path / "stamps").of(7) == clock.of(7)


def test_processes_and_threads_lose_no_tick(clock: StampFile, tmp_path: Path) -> None:
    ticks = """if True:
        import sys
        from pathlib import Path
        from articles.stamps.file import StampFile
        clock = StampFile(Path(sys.argv[1]))
        for _ in range(2000):
            clock.mark(7, "purged")
            assert clock.of(7).purged <= clock.now()"""
    command = [sys.executable, "-c", ticks, str(tmp_path / "stamps")]
    with ThreadPoolExecutor(4) as pool:
        processes = [pool.submit(subprocess.run, command, check=True) for _ in range(2)]
        list(pool.map(clock.mark, [7] * 4000, ["purged"] * 4000))
    assert [process.result().returncode for process in processes] == [0, 0]
    assert clock.now() == clock.of(7).purged == 8000


# --- The clock on a server ---


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    program = shutil.which("redis-server")
    if not program:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(NO_REDIS)
    socket = tmp_path / "redis"
    command = [program, "--port", "0", "--unixsocket", str(socket), "--save", ""]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        try:
            wait_for(socket, process)
            yield f"unix://{socket}"
        finally:
            process.kill()


def wait_for(socket: Path, process: subprocess.Popen[bytes]) -> None:
    while not socket.exists():
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.02)


def on_server(address: str) -> Any:
    from articles.stamps.server import StampServer

    return StampServer(address, site="http://a")


def test_machines_share_the_clock(server: str) -> None:
    mine, other = on_server(server), on_server(server)
    begun = mine.now()
    other.mark(7, "purged")
    assert mine.of(7).purged == begun + 1 == mine.now()
    assert mine.of(7).grown <= begun
    assert mine.of(8).purged <= begun


def test_a_clock_that_was_lost_makes_everything_old(server: str) -> None:
    clock = on_server(server)
    begun = clock.now()
    clock._redis.flushall()
    with pytest.raises(OSError, match="lost"):
        clock.of(7)
    clock.now()
    assert clock.of(7).purged > begun


def test_a_server_that_is_away_is_not_asked_for_a_moment(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = on_server("redis://localhost:1")
    for _ in range(2):
        with pytest.raises(OSError, match="answer"):
            clock.of(7)
    with pytest.raises(OSError, match="answer"):
        clock.mark(7, "purged")
