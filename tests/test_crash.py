"""Nothing that was answered is lost, and nothing is
doubled, when the server dies while people write.
"""

import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from urllib.error import URLError

import pytest

from tests.postgres import postgresql
from tests.server import Browser, Server

CLIENTS = 8
SECONDS_BEFORE_THE_CRASH = 2.0


pytestmark = pytest.mark.process


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def server(
    request: pytest.FixtureRequest, started_before: Path, tmp_path: Path
) -> Iterator[Server]:
    """On a database that is kept on disk as in production."""
    with ExitStack() as opened:
        if request.param == "SQLite":
            server = Server(started_before, "")
        else:
            server = Server(tmp_path, opened.enter_context(postgresql(durable=True)))
        opened.callback(server.stop)
        server.start()
        yield server


def write_until_the_crash(browser: Browser, page: str, client: int) -> list[str]:
    """The bodies that were answered."""
    answered: list[str] = []
    token = browser.token(page)
    try:
        for number in range(10_000):
            body = f"client {client} comment {number}"
            key = f"{client}-{number}"
            if (
                browser.post(f"{page}comments/", body=body, key=key, csrfmiddlewaretoken=token)
                == 302
            ):
                answered.append(body)
    except (URLError, OSError):
        pass
    return answered


def test_every_answered_comment_survives_the_crash_once(server: Server) -> None:
    page = (
        "/articles/"
        + re.findall(r'href="/articles/([\w-]+)/"', Browser(server.site).get("/"))[0]
        + "/"
    )
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
        bodies += re.findall(
            r'<div class="comment-body"[^>]*><p>(client \d+ comment \d+)</p>', text
        )
        more = re.search(r'data-more href="\?([^"#]+)', text)
        address = f"{page}?{more[1].replace('&amp;', '&')}" if more else ""
    return bodies
