import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
PATIENCE = 60  # seconds


@contextmanager
def running(command: list[str], home: Path) -> Iterator[None]:
    """Run a program in a process group of its own, so that whatever it starts ends with it."""
    environment = {**os.environ, "HOME": str(home)}
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(
            command, env=environment, stdout=log, stderr=log, start_new_session=True
        )
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


def wait_until(happened: Callable[[], T | None]) -> T:
    """Return the first answer that is something."""
    end = time.monotonic() + PATIENCE
    while not (answer := happened()):
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.1)
    return answer
