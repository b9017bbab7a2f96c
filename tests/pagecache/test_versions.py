import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from pagecache import versions
from pagecache.versions.clock import EVERYTHING, Versions
from pagecache.versions.file import SLOTS, VersionFile


@pytest.fixture
def clock(tmp_path: Path) -> VersionFile:
    return VersionFile(tmp_path / "stamps")


# --- The words that models use ---


@pytest.mark.django_db(transaction=True)
def test_a_change_is_stamped_when_it_is_committed() -> None:
    before = versions.of(7)
    with transaction.atomic():
        versions.purge(7)
        assert versions.of(7) == before
    assert versions.of(7) == (versions.current(), before.stale)


@pytest.mark.django_db(transaction=True)
def test_what_is_taken_back_is_not_stamped() -> None:
    version = versions.current()
    with transaction.atomic():
        versions.mark_stale(7)
        transaction.set_rollback(True)
    assert versions.current() == version


@pytest.mark.django_db(transaction=True)
def test_a_clock_that_cannot_be_set_stops_nobody(
    monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    monkeypatch.setattr(versions, "_clock", versions._clock.__wrapped__)
    settings.DATA_DIR = tmp_path / "missing"
    versions.purge(7)
    assert (versions.current(), versions.of(7)) == (None, None)


# --- The clock in a file ---


def test_a_new_clock_has_seen_no_change(clock: VersionFile) -> None:
    assert (clock.current(), clock.of(7)) == (0, Versions(0, 0))


def test_each_change_is_a_tick(clock: VersionFile) -> None:
    for article, kind in ((7, "purged"), (8, "stale"), (7, "stale")):
        clock.mark(article, kind)
    assert (clock.of(7), clock.of(8), clock.current()) == (Versions(1, 3), Versions(0, 2), 3)


def test_articles_may_share_a_place(clock: VersionFile) -> None:
    clock.mark(7, "purged")
    assert clock.of(7 + SLOTS) == clock.of(7)


def test_a_page_is_purged_with_what_it_quotes_but_grows_by_itself(clock: VersionFile) -> None:
    clock.mark(8, "purged")
    clock.mark(9, "stale")
    assert (clock.of(7, 8, 9), clock.of(7)) == (Versions(1, 0), Versions(0, 0))


def test_everything_is_purged_at_once_and_by_no_article(clock: VersionFile) -> None:
    clock.mark(SLOTS, "purged")
    assert clock.of(7) == Versions(0, 0)
    clock.mark(EVERYTHING, "purged")
    assert clock.of(7) == Versions(2, 0)


def test_the_file_is_for_the_site_alone(clock: VersionFile, tmp_path: Path) -> None:
    assert (tmp_path / "stamps").stat().st_mode & 0o777 == 0o600


def test_the_clock_goes_on_after_a_restart(clock: VersionFile, tmp_path: Path) -> None:
    clock.mark(7, "purged")
    assert VersionFile(tmp_path / "stamps").of(7) == clock.of(7)


# A child process, because the limit of a process cannot be taken back.
FULL_DISK = """if True:
    import resource, signal, sys
    from pathlib import Path
    from pagecache.versions.file import SIZE, VersionFile
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    early = VersionFile(Path(sys.argv[1], "early"))
    resource.setrlimit(resource.RLIMIT_FSIZE, (SIZE // 2, SIZE // 2))
    try:
        VersionFile(Path(sys.argv[1], "late"))
    except OSError:
        print("refused")
    early.mark(7, "purged")
    print(early.of(7).purged)"""


@pytest.mark.process
def test_room_is_taken_at_the_start_so_that_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-c", FULL_DISK, str(tmp_path)]
    assert subprocess.check_output(command, text=True).split() == ["refused", "1"]


def test_a_file_that_was_cut_off_is_an_error_and_no_crash(
    clock: VersionFile, tmp_path: Path
) -> None:
    os.truncate(tmp_path / "stamps", 0)
    with pytest.raises(OSError, match="cut off"):
        clock.of(7)


def test_processes_and_threads_lose_no_tick(clock: VersionFile, tmp_path: Path) -> None:
    ticks = """if True:
        import sys
        from pathlib import Path
        from pagecache.versions.file import VersionFile
        clock = VersionFile(Path(sys.argv[1]))
        for _ in range(2000):
            clock.mark(7, "purged")
            # A tick that is being written stands in its place a moment before the clock has it.
            assert clock.of(7).purged <= clock.current() + 1"""
    command = [sys.executable, "-c", ticks, str(tmp_path / "stamps")]
    with ThreadPoolExecutor(4) as pool:
        processes = [pool.submit(subprocess.run, command, check=True) for _ in range(2)]
        list(pool.map(clock.mark, [7] * 4000, ["purged"] * 4000))
    assert [process.result().returncode for process in processes] == [0, 0]
    assert clock.current() == clock.of(7).purged == 8000


# --- The clock on a server ---


def on_server(address: str) -> Any:
    from pagecache.versions.redis import VersionServer

    return VersionServer(address, site="http://a")


def test_machines_share_the_clock(server: str) -> None:
    mine, other = on_server(server), on_server(server)
    version = mine.current()
    other.mark(7, "purged")
    assert mine.of(7).purged == version + 1 == mine.current()
    assert mine.of(7).stale <= version
    assert mine.of(8).purged <= version


def test_machines_share_what_is_quoted_and_everything(server: str) -> None:
    mine, other = on_server(server), on_server(server)
    version = mine.current()
    other.mark(8, "purged")
    assert (mine.of(7).purged <= version, mine.of(7, 8).purged) == (True, version + 1)
    other.mark(EVERYTHING, "purged")
    assert mine.of(7).purged == version + 2


def test_a_clock_that_was_lost_makes_everything_old(server: str) -> None:
    clock = on_server(server)
    version = clock.current()
    clock._redis.flushall()
    with pytest.raises(OSError, match="lost"):
        clock.of(7)
    clock.current()
    assert clock.of(7).purged > version


def test_a_server_that_is_away_is_not_asked_for_a_moment(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = on_server("redis://localhost:1")
    for _ in range(2):
        with pytest.raises(OSError, match="answer"):
            clock.of(7)
    with pytest.raises(OSError, match="answer"):
        clock.mark(7, "purged")
