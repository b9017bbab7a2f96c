"""Child processes, which end with the process that started them."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from types import FrameType

PR_SET_PDEATHSIG = 1
PAUSE = 0.1  # seconds between two checks of the children
RESTART_DELAY = 1.0  # seconds before a dead child is started again
PATIENCE = 15.0  # seconds that a child has for finishing its work


def die_with_parent() -> None:
    """Have Linux kill this process with its parent, so that none stays and holds the address."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class Child:
    def __init__(self, *command: str) -> None:
        self.command = command
        self.died_at = 0.0
        self.start()

    def start(self) -> None:
        # In a session of its own the child does not get Ctrl-C;
        # the parent does, and stops its children in order.
        self.process = subprocess.Popen(
            self.command,
            start_new_session=True,
            preexec_fn=die_with_parent,  # noqa: PLW1509
        )

    def has_died(self) -> bool:
        return self.process.poll() is not None

    def revive(self) -> None:
        if not self.has_died():
            return
        self.died_at = self.died_at or time.monotonic()
        if time.monotonic() - self.died_at >= RESTART_DELAY:
            self.died_at = 0.0
            self.kill()
            self.start()

    def stop(self) -> None:
        if not self.has_died():
            self.process.terminate()

    def kill(self) -> None:
        """Kill the child and its own children."""
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return


class Supervisor:
    """Starts child processes and restarts those that die, until it is asked to stop."""

    def __init__(self) -> None:
        self.children: list[Child] = []
        self.stopping = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop_asked)

    def start(self, *command: str) -> Child:
        child = Child(*command)
        self.children.append(child)
        return child

    def wait_for(self, child: Child, is_ready: Callable[[], bool]) -> bool:
        """Return True once the child is ready, False if it died or all were asked to stop."""
        while not self.stopping and not child.has_died():
            if is_ready():
                return True
            time.sleep(PAUSE)
        return False

    def keep_alive(self) -> None:
        while not self.stopping:
            for child in self.children:
                child.revive()
            time.sleep(PAUSE)

    def stop(self) -> None:
        for child in self.children:
            child.stop()
        deadline = time.monotonic() + PATIENCE
        for child in self.children:
            try:
                child.process.wait(max(0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                pass
            child.kill()

    def _stop_asked(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True
