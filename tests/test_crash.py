"""Nothing that was answered is lost, and nothing is doubled, when the server dies while people write."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener

import pytest
from django.conf import settings

from tests.postgres import postgresql

ROOT = Path(__file__).resolve().parent.parent
CLIENTS = 8
SECONDS_BEFORE_THE_CRASH = 2.0
PATIENCE = 60  # seconds for the server to come up


class Stay(HTTPRedirectHandler):
    def redirect_request(self, *args: object, **kwargs: object) -> None:
        return None


class Browser:
    def __init__(self, site: str) -> None:
        self.site = site
        self.opener = build_opener(HTTPCookieProcessor(), Stay())

    def get(self, path: str) -> str:
        return str(self.opener.open(f"{self.site}{path}", timeout=10).read().decode())

    def post(self, path: str, **fields: str) -> int:
        request = Request(f"{self.site}{path}", urlencode(fields).encode(), {"Origin": self.site})
        try:
            return int(self.opener.open(request, timeout=10).status)
        except HTTPError as answer:
            return answer.code

    def token(self, path: str) -> str:
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(path))
        assert found, path
        return found[1]


class Server:
    """`manage.py start` in a process group of its own, so that all of it can be killed at once."""

    def __init__(self, folder: Path, database: str) -> None:
        self.port = free_port()
        self.site = f"http://localhost:{self.port}"
        kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
        self.environment = {
            **kept,
            "DATA_DIR": str(folder / "data"),
            **({"DATABASE_URL": database} if database else {}),
        }
        self.log = folder / "log"

    def start(self) -> None:
        command = [sys.executable, "manage.py", "start", "--bind", f"127.0.0.1:{self.port}"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        deadline = time.monotonic() + PATIENCE
        while not self.is_ready():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.2)

    def is_ready(self) -> bool:
        try:
            return "ok" in Browser(self.site).get("/readyz")
        except (URLError, OSError):
            return False

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def administrator(self) -> Browser:
        """A browser signed in with the password that the first start printed."""
        said = re.search(r"(\S+@\S+)\s.*?password:?\s+(\S+)", self.log.read_text(), re.IGNORECASE | re.DOTALL)
        assert said, self.log.read_text()
        browser = Browser(self.site)
        token = browser.token("/accounts/login/")
        assert browser.post("/accounts/login/", login=said[1], password=said[2], csrfmiddlewaretoken=token) == 302
        return browser


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def server(tmp_path: Path, database: str) -> Iterator[Server]:
    server = Server(tmp_path, database)
    server.start()
    yield server
    os.killpg(server.process.pid, signal.SIGTERM)
    server.process.wait(20)


@pytest.fixture
def database() -> Iterator[str]:
    """Of the kind these tests run on, but kept on disk as in production."""
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        yield ""
        return
    with postgresql(durable=True) as url:
        yield url


def write_until_the_crash(browser: Browser, page: str, client: int) -> list[str]:
    """The bodies that were answered."""
    answered: list[str] = []
    token = browser.token(page)
    try:
        for number in range(10_000):
            body = f"client {client} comment {number}"
            key = f"{client}-{number}"
            if browser.post(f"{page}comments/", body=body, key=key, csrfmiddlewaretoken=token) == 302:
                answered.append(body)
    except (URLError, OSError):
        pass
    return answered


def test_every_answered_comment_survives_the_crash_once(server: Server) -> None:
    page = "/articles/" + re.findall(r'href="/articles/([\w-]+)/"', Browser(server.site).get("/"))[0] + "/"
    browsers = [server.administrator() for _ in range(CLIENTS)]
    with ThreadPoolExecutor(CLIENTS) as pool:
        writing = [pool.submit(write_until_the_crash, b, page, n) for n, b in enumerate(browsers)]
        time.sleep(SECONDS_BEFORE_THE_CRASH)
        server.kill()
    answered = [body for result in writing for body in result.result()]
    server.start()
    found = bodies_on(server, page)
    assert len(answered) > CLIENTS
    assert [body for body in answered if found.count(body) != 1] == []


def bodies_on(server: Server, page: str) -> list[str]:
    """Every comment of the discussion, read as a reader reads it."""
    bodies: list[str] = []
    address = f"{page}?sort=oldest"
    while address:
        text = Browser(server.site).get(address)
        bodies += re.findall(r'<div class="comment-body"[^>]*><p>(client \d+ comment \d+)</p>', text)
        more = re.search(r'data-more href="\?([^"#]+)', text)
        address = f"{page}?{more[1].replace('&amp;', '&')}" if more else ""
    return bodies
