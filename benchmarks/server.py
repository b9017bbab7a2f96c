"""Servers that are measured: started on a core of their own, stopped afterwards."""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from benchmarks.constant import keep
from benchmarks.process import cpu_seconds, pin_to_measured, resident_bytes
from benchmarks.request import Request

PATIENCE = 60  # seconds for it to come up
# Made by the server for each answer.
OWN_HEADERS = {"date", "server", "connection", "transfer-encoding"}


@dataclass
class Server:
    port: int
    process: int

    def cpu(self) -> float:
        return cpu_seconds(self.process)

    def memory(self) -> int:
        return resident_bytes(self.process)

    def get(self, request: Request) -> tuple[str, list[tuple[str, str]], bytes]:
        connection = http.client.HTTPConnection("localhost", self.port, timeout=PATIENCE)
        connection.request("GET", request.path, headers=dict(request.headers))
        answer = connection.getresponse()
        body = answer.read()
        headers = [
            (name, value) for name, value in answer.getheaders() if name.lower() not in OWN_HEADERS
        ]
        connection.close()
        return f"{answer.status} {answer.reason}", headers, body

    def tag(self, path: str) -> str:
        """Return the ETag of the present response; "" if it has none."""
        _, headers, _ = self.get(Request.read(path))
        return {name.lower(): value for name, value in headers}.get("etag", "")


@dataclass
class Constant(Server):
    folder: Path

    def say(self, number: int, status: str, headers: list[tuple[str, str]], body: bytes) -> Request:
        """Store a response, and return the request that gets it."""
        keep(self.folder, str(number), status, headers, body)
        return Request.read(f"/{number}")


@contextmanager
def site(port: int) -> Iterator[Server]:
    with _started(
        [sys.executable, "-m", "config.serve.server", f"127.0.0.1:{port}", "1"]
    ) as process:
        server = Server(port, process)
        _wait(server, Request("/healthz"))
        yield server


@contextmanager
def constant(port: int, folder: Path) -> Iterator[Constant]:
    with _started([sys.executable, "-m", "benchmarks.constant", str(port), str(folder)]) as process:
        server = Constant(port, process, folder)
        _wait(server, server.say(0, "200 OK", [("Content-Length", "0")], b""))
        yield server


@contextmanager
def _started(command: list[str]) -> Iterator[int]:
    # The lines of the log are written as in production, to a file that keeps them from the screen.
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=_pinned,  # noqa: PLW1509
    )
    try:
        yield process.pid
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def _pinned() -> None:
    pin_to_measured()
    os.setsid()


def _wait(server: Server, request: Request) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            if server.get(request)[0].startswith(str(HTTPStatus.OK.value)):
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise TimeoutError(f"No server at port {server.port}.")
