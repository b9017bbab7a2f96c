import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

NO_REDIS = "No Redis on this machine: apt install redis-server"


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A server that runs for one test: its address and its process."""
    program = shutil.which("redis-server")
    if not program:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(NO_REDIS)
    socket = tmp_path / "redis"
    command = [program, "--port", "0", "--unixsocket", str(socket), "--save", ""]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        try:
            wait_for(socket, process)
            yield f"unix://{socket}", process
        finally:
            process.kill()


def wait_for(socket: Path, process: subprocess.Popen[bytes]) -> None:
    while not socket.exists():
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.02)


@pytest.fixture
def server(redis: tuple[str, subprocess.Popen[bytes]]) -> str:
    return redis[0]
