"""The server as its clients meet it, by sockets that do what browsers do not."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from config.serve.gateway import WRITERS
from tests.config.command import ROOT
from tests.server import free_port

pytestmark = pytest.mark.process

STRANGERS = 40
QUICK = 0.25  # seconds; what waits for a stranger waits longer


class Client:
    def __init__(self, port: int) -> None:
        self.port = port

    def open(self, method: str, path: str, *headers: str, body: str = "") -> socket.socket:
        """Send a request and return the connection."""
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=10)
        lines = [f"{method} {path} HTTP/1.1", "Host: example.org", "Connection: close", *headers]
        connection.sendall("\r\n".join([*lines, "", body]).encode())
        return connection

    def ask(self, method: str, path: str, *headers: str, body: str = "") -> tuple[int, str]:
        with self.open(method, path, *headers, body=body) as connection:
            return answer_on(connection)

    def post(self, path: str, body: str) -> socket.socket:
        return self.open("POST", path, f"Content-Length: {len(body)}", body=body)

    def is_up(self) -> bool:
        try:
            return self.ask("GET", "/healthz") == (200, "ok\n")
        except OSError:
            return False

    def seconds_for(self, path: str) -> float:
        started = time.monotonic()
        assert self.ask("GET", path)[0] == 200
        return time.monotonic() - started


def answer_on(connection: socket.socket) -> tuple[int, str]:
    head, _, body = b"".join(iter(lambda: connection.recv(65_536), b"")).partition(b"\r\n\r\n")
    return int(head.split()[1]), body.decode()


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    client = Client(free_port())
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.config.serve.site", str(client.port)], cwd=ROOT
    )
    while not client.is_up():
        assert process.poll() is None
        time.sleep(0.05)
    yield client
    process.kill()
    process.wait()


@pytest.mark.parametrize(
    "name", ["X_Forwarded_For", "x_forwarded-for", "X-Forwarded_For", "X_FORWARDED_FOR"]
)
@pytest.mark.parametrize("first", [True, False])
def test_a_forged_name_with_an_underscore_is_dropped(
    client: Client, name: str, first: bool
) -> None:
    headers = [f"{name}: 192.0.2.66", "X-Forwarded-For: 198.51.100.1"]
    _, seen = client.ask("GET", "/", *(headers if first else headers[::-1]))
    assert json.loads(seen)["HTTP_X_FORWARDED_FOR"] == "198.51.100.1"


@pytest.mark.parametrize(
    "name", ["X_Forwarded_Proto", "Content_Length", "Content_Type", "Ho_st", "Sec_Fetch_Site"]
)
def test_no_variable_is_made_of_a_name_with_an_underscore(client: Client, name: str) -> None:
    _, seen = client.ask("GET", "/", f"{name}: 7")
    assert "7" not in json.loads(seen).values()


def test_bodies_that_come_slowly_hold_nobody_up(client: Client) -> None:
    with ExitStack() as strangers:
        slow = [
            strangers.enter_context(client.open("POST", "/", "Content-Length: 9000", body="a"))
            for _ in range(STRANGERS)
        ]
        assert max(client.seconds_for("/"), client.seconds_for("/healthz")) < QUICK
        assert [answer_on(connection)[0] for connection in slow] == [408] * STRANGERS


def test_a_body_that_breaks_off_is_not_taken_for_a_whole_one(client: Client) -> None:
    with client.open("POST", "/", "Content-Length: 9000", body="half a text") as connection:
        connection.shutdown(socket.SHUT_WR)
        assert answer_on(connection)[0] == 400


def test_a_body_of_unknown_length_is_refused(client: Client) -> None:
    assert (
        client.ask("POST", "/", "Transfer-Encoding: chunked", body="1\r\na\r\n0\r\n\r\n")[0] == 411
    )


def test_a_body_arrives_whole(client: Client) -> None:
    words = "The tide. " * 90_000
    with client.post("/", words) as connection:
        assert json.loads(answer_on(connection)[1])["body"] == words


def test_writers_that_wait_do_not_keep_readers_waiting(client: Client) -> None:
    with ExitStack() as stack:
        writers = [stack.enter_context(client.post("/wait", "words")) for _ in range(WRITERS)]
        while json.loads(client.ask("GET", "/")[1])["waiting"] != str(WRITERS):
            pass
        late = client.post("/wait", "words of one more")
        assert max(client.seconds_for("/"), client.seconds_for("/healthz")) < QUICK
        assert answer_on(late) == (503, "words of one more")
        client.ask("GET", "/release")
        assert [answer_on(connection)[0] for connection in writers] == [200] * WRITERS
