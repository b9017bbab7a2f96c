"""Show the progress of a long task on standard error: one line that is rewritten on a terminal,
one line for each tenth in a log.
"""

import sys
import time
from typing import TextIO

WIDTH = 30
TENTH = 10


class ProgressBar:
    def __init__(self, total: int, things: str, stream: TextIO | None = None) -> None:
        self.total, self.things, self.stream = total, things, stream or sys.stderr
        self.done = self.shown = 0
        self.began = time.monotonic()

    def __call__(self, more: int) -> None:
        self.done += more
        percent = 100 * self.done // max(self.total, 1)
        step = 1 if self.stream.isatty() else TENTH
        if percent // step != self.shown // step or self.done == self.total:
            self.shown = percent
            self._write(percent)

    def close(self) -> None:
        if self.stream.isatty():
            self.stream.write("\n")

    def _write(self, percent: int) -> None:
        filled = "#" * (WIDTH * percent // 100)
        line = f"[{filled:-<{WIDTH}}] {percent:3d} %  {self.done:,} of {self.total:,} {self.things}"
        self.stream.write(f"\r{line}" if self.stream.isatty() else f"{line}\n")
        self.stream.flush()
