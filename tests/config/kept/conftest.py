from collections.abc import Callable
from typing import Any

import pytest
from django.core.wsgi import get_wsgi_application

from pagecache.decorators import ARTICLE
from pagecache.middleware import Keeper
from tests.config.kept.reader import HOST

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
def keeper(site: Site) -> Keeper:
    return Keeper(site, address=f"http://{HOST}", share=1)


@pytest.fixture
def real(settings: Any) -> Keeper:
    """A keeper of its own around the real site, as another process has one."""
    settings.ALLOWED_HOSTS = ["localhost", "testserver"]
    return Keeper(get_wsgi_application(), address=f"http://{HOST}", share=1)
