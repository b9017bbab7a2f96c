"""A site that `start` serves, in processes of its own, and browsers that visit it."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener

import pytest

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 180  # seconds for the server to come up


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
        kept = {
            name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}
        }
        self.environment = {
            **kept,
            "DATA_DIR": str(folder / "data"),
            **({"DATABASE_URL": database} if database else {}),
        }
        self.folder = folder
        self.log = folder / "log"

    def start(self, *, workers: int = 1) -> None:
        command = [
            sys.executable,
            "manage.py",
            "start",
            "--bind",
            f"127.0.0.1:{self.port}",
            "--workers",
            str(workers),
        ]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
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

    def stop(self) -> None:
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(20)

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def administrator_login(self) -> tuple[str, str]:
        """Return the email and the password that the first start printed."""
        said = re.search(
            r"(\S+@\S+)\s.*?password:?\s+(\S+)", self.log.read_text(), re.IGNORECASE | re.DOTALL
        )
        assert said, self.log.read_text()
        return said[1], said[2]

    def administrator(self) -> Browser:
        browser = Browser(self.site)
        email, password = self.administrator_login()
        token = browser.token("/accounts/login/")
        assert (
            browser.post(
                "/accounts/login/", login=email, password=password, csrfmiddlewaretoken=token
            )
            == 302
        )
        return browser


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def first_start(tmp_path_factory: pytest.TempPathFactory) -> Server:
    """A site that was started for the first time, and stopped."""
    server = Server(tmp_path_factory.mktemp("site"), "")
    server.start()
    server.stop()
    return server


@pytest.fixture
def started_before(first_start: Server, tmp_path: Path) -> Path:
    """A folder with a site of its own, in which the sample
    articles and the administrator are already there.
    """
    return Path(shutil.copytree(first_start.folder, tmp_path / "site"))
