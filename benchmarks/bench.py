"""What all measurements share: the site, the server beside it, and how long is measured."""

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
    port_comments: int = 0
    numbers: Any = field(default_factory=lambda: count(1))

    @property
    def seconds(self) -> float:
        return 0.3 if self.quick else 1.0

    @property
    def rounds(self) -> int:
        return 1 if self.quick else 3

    def figure(self, group: str, name: str, **measured: Any) -> Figure:
        return Figure(self.database, group, name, site=self.site_size, **measured)

    def compare(self, group: str, name: str, request: Request, *, clients: int, comments: int) -> Figure | None:
        """A page beside a constant answer of the same bytes; None where there is no such page."""
        self.site.get(request)  # the first one is always slower
        status, headers, body = self.site.get(request)
        if not status.startswith(("200", "304")):
            return None
        ours = Asking.same(self.site, request, clients=clients, seconds=self.seconds)
        ours.database = self.database_process
        theirs_request = self.constant.say(next(self.numbers), status, headers, body)
        theirs = Asking.same(self.constant, theirs_request, clients=clients, seconds=self.seconds)
        alternate(ours, theirs, rounds=self.rounds)
        mine, other = ours.result, theirs.result
        wrong = sum(number for code, number in mine.statuses.items() if code not in {"200", "304"})
        return self.figure(
            group, name, comments=comments, clients=clients, rate=mine.rate, per_cpu=mine.per_cpu,
            database_ms=mine.database_ms, p50=mean(mine.p50), p99=mean(mine.p99), beside="constant answer",
            beside_rate=other.rate, beside_per_cpu=other.per_cpu, beside_p99=mean(other.p99), size=len(body),
            note=f"{wrong} failed" if wrong else "",
        )  # fmt: skip

    def inserts(self, clients: int) -> float:
        """Rows with a commit each, a second."""
        command = [sys.executable, "-m", "benchmarks.insert", str(clients), str(self.seconds)]
        said = subprocess.run(command, capture_output=True, text=True, check=True)
        return float(json.loads(said.stdout)["rate"])
