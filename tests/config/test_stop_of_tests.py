"""`manage.py test` that is asked to stop before its end."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.config.command import ROOT
from tests.drilled import IS_DRILL

pytestmark = [
    pytest.mark.process,
    # Beside the suite, the suite that it starts takes longer than the tests have for stopping.
    pytest.mark.skipif(not IS_DRILL, reason="the drill `stopped-tests` runs it"),
]

PATIENCE = 60  # seconds
# One server that its fixture stops, and one that nothing would stop.
UNFINISHED = """
import subprocess
import time
from pathlib import Path

import pytest

SLEEP = ["sleep", "600"]


@pytest.fixture
def server():
    with subprocess.Popen(SLEEP, start_new_session=True) as process:
        yield process
        process.terminate()
        Path({folder!r}, "stopped").touch()


def test_that_waits(server):
    forgotten = subprocess.Popen(SLEEP, start_new_session=True)
    for process in (server, forgotten):
        Path({folder!r}, f"{{process.pid}}.server").touch()
    Path({folder!r}, "waiting").touch()
    time.sleep(600)
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder for temporary files that PostgreSQL's account may enter, too."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


def wait_until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.1)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_no_server_that_a_test_started_is_left(number: signal.Signals, folder: Path) -> None:
    tests = folder / "test_unfinished.py"
    tests.write_text(UNFINISHED.format(folder=str(folder)))
    command = subprocess.Popen(
        [sys.executable, "manage.py", "test", "-c", "pyproject.toml", str(tests)],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "TMPDIR": str(folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    wait_until((folder / "waiting").exists)
    servers = [Path("/proc", server.stem) for server in folder.glob("*.server")]
    command.send_signal(number)
    assert command.wait(timeout=PATIENCE) == 130
    assert len(servers) == 2
    assert not any(server.exists() for server in servers)
    assert (folder / "stopped").exists()
    assert not [*folder.glob("parley-*")]
