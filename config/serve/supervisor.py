"""Processes that live and die with the one that started them."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from types import FrameType

PR_SET_PDEATHSIG = 1
PAUSE = 0.1  # seconds between two looks at the children
REST = 1.0  # seconds before a child that died is started anew
PATIENCE = 15.0  # seconds a child has for finishing its work


def die_with_parent() -> None:
    """Asks Linux to end this process when its parent was
    killed: none stays behind and holds the address.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class Child:
    def __init__(self, *command: str) -> None:
        self.command = command
        self.died_at = 0.0
        self.start()

    def start(self) -> None:
        # A session of its own: Ctrl-C reaches the parent
        # only, which then stops its children in order.
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
        if time.monotonic() - self.died_at >= REST:
            self.died_at = 0.0
            self.kill()
            self.start()

    def stop(self) -> None:
        if not self.has_died():
            self.process.terminate()

    def kill(self) -> None:
        """Ends the child and what it started itself."""
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return


class Family:
    """The children of this process: kept alive until it is asked to stop."""

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
        """Whether the child became ready before it died or all were asked to stop."""
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
