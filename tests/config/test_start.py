"""`manage.py start` as a person meets it."""

import os
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.config.command import ROOT
from tests.server import Server

pytestmark = pytest.mark.process

PATIENCE = 10  # seconds for the last process to be gone

Start = Callable[[], tuple[subprocess.Popen[str], str]]


@pytest.fixture
def address() -> str:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return f"127.0.0.1:{free.getsockname()[1]}"


@pytest.fixture
def start(address: str, started_before: Path) -> Iterator[Start]:
    """`start()` is a site that is ready, started for the second
    time: its process, and what it said until then.
    """
    processes: list[subprocess.Popen[str]] = []

    def started() -> tuple[subprocess.Popen[str], str]:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "start", "--bind", address],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "DATA_DIR": str(started_before / "data")},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        processes.append(process)
        assert process.stdout
        said = ""
        while not said.endswith("(Ctrl-C stops it)\n") and (line := process.stdout.readline()):
            said += line
        return process, said

    yield started
    for process in processes:
        process.kill()
        process.communicate()


def is_free(address: str) -> bool:
    host, port = address.split(":")
    with socket.socket() as probe:
        return probe.connect_ex((host, int(port))) != 0


def test_a_site_is_ready_with_its_first_administrator(first_start: Server) -> None:
    said = first_start.log.read_text()
    assert first_start.administrator_login()[0] == "admin@localhost"
    assert f"Ready at {first_start.site}/" in said
    assert stat.S_IMODE((first_start.folder / "data/secret_key").stat().st_mode) == 0o600


def test_a_site_has_rules_and_reasons_to_report(first_start: Server) -> None:
    with closing(sqlite3.connect(first_start.folder / "data/parley.sqlite3")) as database:
        rules = database.execute("SELECT COUNT(*) FROM forum_rule").fetchone()
        reasons = database.execute("SELECT COUNT(*) FROM forum_flagreason").fetchone()
    assert (rules, reasons) == ((9,), (8,))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_nothing_stays_behind(number: signal.Signals, start: Start, address: str) -> None:
    process, _ = start()
    process.send_signal(number)
    assert process.wait(timeout=PATIENCE) in {0, -signal.SIGKILL}
    deadline = time.monotonic() + PATIENCE
    while not is_free(address) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert is_free(address)


def test_the_second_start_changes_nothing_and_says_no_password(start: Start, address: str) -> None:
    _, said = start()
    assert "Ready" in said
    assert "password" not in said
    assert urlopen(f"http://{address}/readyz").status == 200
