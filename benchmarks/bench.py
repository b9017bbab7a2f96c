"""The servers, sizes and durations that all measurements share."""

import json
import subprocess
import sys
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from benchmarks.asking import Asking, alternate, mean
from benchmarks.figure import Figure
from benchmarks.request import Request
from benchmarks.server import Constant, Server


@dataclass
class Bench:
    database: str
    site: Server
    constant: Constant
    database_process: int
    sizes: list[int]
    site_size: int
    quick: bool = False
    numbers: Any = field(default_factory=lambda: count(1))

    @property
    def seconds(self) -> float:
        return 0.3 if self.quick else 1.0

    @property
    def rounds(self) -> int:
        return 1 if self.quick else 3

    def figure(self, group: str, name: str, **measured: Any) -> Figure:
        return Figure(self.database, group, name, site=self.site_size, **measured)

    def compare(self, name: str, requests: dict[int, Request], *, clients: int = 1) -> list[Figure]:
        """A page in discussions of every size, each beside a
        constant answer of its bytes; where there is one.
        """
        pairs = {
            size: pair
            for size, request in requests.items()
            if (pair := self._pair(request, clients))
        }
        alternate(*(asking for pair in pairs.values() for asking in pair), rounds=self.rounds)
        return [self._compared(name, size, *pair) for size, pair in pairs.items()]

    def _pair(self, request: Request, clients: int) -> tuple[Asking, Asking] | None:
        self.site.get(request)  # the first one is always slower
        status, headers, body = self.site.get(request)
        if not status.startswith(("200", "304")):
            return None
        same = self.constant.say(next(self.numbers), status, headers, body)
        ours = Asking.same(self.site, request, clients=clients, seconds=self.seconds)
        ours.database, ours.size = self.database_process, len(body)
        return ours, Asking.same(self.constant, same, clients=clients, seconds=self.seconds)

    def _compared(self, name: str, comments: int, ours: Asking, theirs: Asking) -> Figure:
        mine, other = ours.result, theirs.result
        wrong = sum(number for code, number in mine.statuses.items() if code not in {"200", "304"})
        return self.figure(
            "pages",
            name,
            comments=comments,
            clients=len(ours.requests),
            rate=mine.rate,
            per_cpu=mine.per_cpu,
            database_ms=mine.database_ms,
            p50=mean(mine.p50),
            p99=mean(mine.p99),
            beside="constant answer",
            beside_rate=other.rate,
            beside_per_cpu=other.per_cpu,
            beside_p99=mean(other.p99),
            size=ours.size,
            note=f"{wrong} failed" if wrong else "",
        )

    def inserts(self, clients: int) -> float:
        """Rows with a commit each, a second."""
        command = [sys.executable, "-m", "benchmarks.insert", str(clients), str(self.seconds)]
        said = subprocess.run(command, capture_output=True, text=True, check=True)
        return float(json.loads(said.stdout)["rate"])
