"""Comments survive the crash of a server exactly once, if their writer got an answer."""

import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from urllib.error import URLError

from drills.outcome import Outcome
from tests.postgres import cluster, postgresql
from tests.server import Browser, Server

CLIENTS = 8
SECONDS_BEFORE_THE_CRASH = 2.0
GOAL = "every comment that was answered is there exactly once"

BODY = re.compile(r'<div class="comment-body"[^>]*><p>(client \d+ comment \d+)</p>')
NEXT_PAGE = re.compile(r'data-more href="\?([^"#]+)')


def on_sqlite() -> Outcome:
    with site("") as server:
        return crash(server, kill=server.kill, restart=server.start)


def on_postgresql() -> Outcome:
    with postgresql(durable=True) as url, site(url) as server:
        return crash(server, kill=server.kill, restart=server.start)


def of_postgresql() -> Outcome:
    """Kill the database, not the site, which has to serve again by itself."""
    with cluster(durable=True) as database, site(database.url) as server:

        def restart() -> None:
            database.start()
            server.wait_until_ready()

        return crash(server, kill=database.kill, restart=restart)


@contextmanager
def site(database: str) -> Iterator[Server]:
    """A site on a database that is kept on disk as in production."""
    with TemporaryDirectory(prefix="parley-drill-") as folder:
        server = Server(Path(folder), database)
        try:
            server.start()
            yield server
        finally:
            if server.process.poll() is None:
                server.stop()


def crash(server: Server, *, kill: Callable[[], None], restart: Callable[[], None]) -> Outcome:
    """Kill while people write, and look for what they were told is there."""
    page = re.findall(r'href="(/articles/[\w-]+/)"', Browser(server.site).get("/"))[0]
    browsers = [server.administrator() for _ in range(CLIENTS)]
    tokens = [browser.token(page) for browser in browsers]
    crashed = Event()
    with ThreadPoolExecutor(CLIENTS) as pool:
        writers = [
            pool.submit(write_until, crashed, browser, f"{page}comments/", token, number)
            for number, (browser, token) in enumerate(zip(browsers, tokens, strict=True))
        ]
        time.sleep(SECONDS_BEFORE_THE_CRASH)
        kill()
        crashed.set()
    answered = [body for writer in writers for body in writer.result()]
    restart()
    found = bodies_on(server, page)
    lost = [body for body in answered if body not in found]
    doubled = [body for body in set(found) if found.count(body) > 1]
    figure = f"{len(answered)} answered, {len(lost)} lost, {len(doubled)} doubled"
    return Outcome(figure, len(answered) > CLIENTS and not lost and not doubled)


def write_until(
    crashed: Event, browser: Browser, address: str, token: str, client: int
) -> list[str]:
    """Return the bodies that were answered."""
    answered: list[str] = []
    try:
        for number in range(10_000):
            body = f"client {client} comment {number}"
            fields = {"body": body, "key": f"{client}-{number}", "csrfmiddlewaretoken": token}
            if browser.post(address, **fields) == 302:
                answered.append(body)
            if crashed.is_set():
                break
    except (URLError, OSError):
        pass
    return answered


def bodies_on(server: Server, page: str) -> list[str]:
    """Return every comment of the discussion, read as a reader reads it."""
    bodies: list[str] = []
    address = f"{page}?sort=oldest"
    while address:
        text = Browser(server.site).get(address)
        bodies += BODY.findall(text)
        more = NEXT_PAGE.search(text)
        address = f"{page}?{more[1].replace('&amp;', '&')}" if more else ""
    return bodies
