import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.wsgi import get_wsgi_application
from redis import Redis, RedisError

from pagecache.decorators import ARTICLE
from pagecache.middleware import PageCache
from tests.pagecache.reader import HOST

NO_REDIS = "No Redis on this machine: apt install redis-server"


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A server that runs for one test: its address and its process."""
    program = shutil.which("redis-server")
    if not program:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(NO_REDIS)
    socket = tmp_path / "redis"
    command = [program, "--port", "0", "--unixsocket", str(socket), "--save", ""]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        try:
            address = f"unix://{socket}"
            wait_for(address, process)
            yield address, process
        finally:
            process.kill()


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers: its socket is there before that."""
    client = Redis.from_url(address)
    while not is_answered(client):
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.02)


def is_answered(client: Redis) -> bool:
    try:
        return bool(client.ping())
    except RedisError:
        return False


@pytest.fixture
def server(redis: tuple[str, subprocess.Popen[bytes]]) -> str:
    return redis[0]


Environ = dict[str, Any]


class Site:
    """Stands for the site: says how often it was asked, and what it was told."""

    def __init__(self) -> None:
        self.asked: list[Environ] = []
        self.status = "200 OK"
        self.headers: list[tuple[str, str]] = []
        self.while_it_answers: Callable[[], object] = lambda: None
        self.names_article = True

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> list[bytes]:
        self.asked.append(environ)
        number = len(self.asked)
        self.while_it_answers()
        if self.names_article:
            environ[ARTICLE] = 1
        start_response(self.status, [("Content-Type", "text/plain"), *self.headers])
        return [b"answer %d " % number, b"and many more words " * 20]


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def page_cache(site: Site) -> PageCache:
    return PageCache(site, address=f"http://{HOST}", max_render_share=1)


@pytest.fixture
def cached_site(settings: Any) -> PageCache:
    """A page_cache of its own around the real site, as another process has one."""
    settings.ALLOWED_HOSTS = ["localhost", "testserver"]
    return PageCache(get_wsgi_application(), address=f"http://{HOST}", max_render_share=1)
