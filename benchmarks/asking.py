"""Asking a server for a while, and what that cost."""

import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from benchmarks.process import cpu_seconds, pin_to_others
from benchmarks.request import Request
from benchmarks.server import Server

WRK = shutil.which("wrk")
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


@dataclass
class Result:
    count: int = 0
    seconds: float = 0.0
    cpu: float = 0.0
    database_cpu: float = 0.0
    p50: list[float] = field(default_factory=list)
    p99: list[float] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)
    by_client: list[list[int]] = field(default_factory=list)

    def add(self, said: dict[str, Any], cpu: float, database_cpu: float) -> None:
        self.count += said["count"]
        self.seconds += said["seconds"]
        self.cpu += cpu
        self.database_cpu += database_cpu
        self.p50.append(said["p50"])
        self.p99.append(said["p99"])
        self.statuses.update(said["statuses"])
        self.by_client = said["by_client"]

    @property
    def rate(self) -> float:
        return self.count / self.seconds if self.seconds else 0.0

    @property
    def per_cpu(self) -> float:
        return self.count / self.cpu if self.cpu else 0.0

    @property
    def database_ms(self) -> float:
        return 1000 * self.database_cpu / self.count if self.count else 0.0


@dataclass
class Asking:
    server: Server
    requests: list[list[Request]]  # for each client
    seconds: float
    once: bool = False
    pace: float = 0.0
    database: int = 0  # its first process
    size: int = 0  # bytes of the answer
    result: Result = field(default_factory=Result)

    @classmethod
    def same(cls, server: Server, request: Request, *, clients: int, seconds: float) -> "Asking":
        return cls(server, [[request]] * clients, seconds)

    def run(self) -> Result:
        before, stored = self.server.cpu(), self._database_cpu()
        said = self._wrk() if WRK and self._is_plain else self._load()
        self.result.add(said, self.server.cpu() - before, self._database_cpu() - stored)
        return self.result

    @property
    def _is_plain(self) -> bool:
        """The same page again and again, which wrk can ask for, by whole seconds."""
        asked = {request for several in self.requests for request in several}
        by_pace = self.once or self.pace
        return (
            self.seconds >= 1
            and not by_pace
            and len(asked) == 1
            and not any(request.body for request in asked)
        )

    def _database_cpu(self) -> float:
        return cpu_seconds(self.database) if self.database else 0.0

    def _load(self) -> dict[str, Any]:
        requests = [[each.to(self.server.port) for each in several] for several in self.requests]
        orders = {
            "port": self.server.port,
            "requests": requests,
            "seconds": self.seconds,
            "once": self.once,
            "pace": self.pace,
        }
        command = [sys.executable, "-m", "benchmarks.load"]
        said = subprocess.run(
            command, input=json.dumps(orders), capture_output=True, text=True, check=True
        )
        return dict(json.loads(said.stdout))

    def _wrk(self) -> dict[str, Any]:
        request, clients = self.requests[0][0], str(len(self.requests))
        headers = [word for name, value in request.headers for word in ("-H", f"{name}: {value}")]
        url = f"http://localhost:{self.server.port}{request.path}"
        command = [
            str(WRK),
            "-t1",
            "-c",
            clients,
            "-d",
            f"{self.seconds:.0f}s",
            "--latency",
            *headers,
            url,
        ]
        said = subprocess.run(
            command, capture_output=True, text=True, check=True, preexec_fn=pin_to_others
        )
        return read_wrk(said.stdout)


def read_wrk(text: str) -> dict[str, Any]:
    done = re.search(r"(\d+) requests in ([\d.]+)(us|ms|s|m)", text)
    wrong = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    count, failed = int(done[1]) if done else 0, int(wrong[1]) if wrong else 0
    seconds = (
        float(done[2]) * {"m": 60.0, "s": 1.0, "ms": 0.001, "us": 1e-6}[done[3]] if done else 0.0
    )
    latency = {
        percent: float(value) * UNITS[unit]
        for percent, value, unit in re.findall(r"(\d+)%\s+([\d.]+)(us|ms|s)", text)
    }
    return {
        "count": count,
        "seconds": seconds,
        "p50": latency.get("50", 0.0),
        "p99": latency.get("99", 0.0),
        "statuses": {"200": count - failed, "failed": failed},
        "by_client": [],
    }


def alternate(*askings: Asking, rounds: int) -> None:
    """Run the measurements by turns, so that a slower machine affects all of them."""
    for _ in range(rounds):
        for asking in askings:
            asking.run()


def mean(numbers: list[float]) -> float:
    return sum(numbers) / len(numbers) if numbers else 0.0
