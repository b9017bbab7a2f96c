"""A real browser at the real site, as `start` serves it, without requests to other sites."""

import os
from collections.abc import Callable, Iterator
from threading import Thread
from typing import Any

import pytest
from django.core.servers.basehttp import ThreadedWSGIServer
from django.core.wsgi import get_wsgi_application
from django.test.testcases import QuietWSGIRequestHandler
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    sync_playwright,
)
from pytest_django import Settings

from pagecache import versions
from pagecache.middleware import PageCache
from tests.environment import CHROMIUM

FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",
]
PATIENCE = 8_000  # milliseconds; waiting longer would hide a mistake

# Playwright's loop lives in the thread of the tests, and Django takes that for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def server(static_files: None) -> Iterator[str]:
    with ThreadedWSGIServer(("localhost", 0), QuietWSGIRequestHandler) as server:
        address = f"http://localhost:{server.server_port}"
        server.set_app(PageCache(get_wsgi_application(), address=address, max_render_share=1))
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield address
        server.shutdown()
        thread.join()


@pytest.fixture
def site(server: str, transactional_db: None, settings: Settings) -> str:
    """The address of the site, without a slash at its end."""
    versions.purge_everything()
    settings.SITE_URL = server
    return server


@pytest.fixture
def new_page(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """`new_page(...)` is a page in a browser of its own: another
    device. What it complains about fails the test.
    """
    complaints: list[str] = []
    contexts: list[BrowserContext] = []

    def page(**options: Any) -> Page:
        # A page that glides to where its address leads moves away from
        # under a press: nobody presses as soon as a test.
        context = browser.new_context(**{"reduced_motion": "reduce", **options})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda message: complaints.extend(_complaint(message)))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: complaints.extend(_elsewhere(request, site)))
        return page

    yield page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    return new_page()


@pytest.fixture
def page_without_javascript(new_page: Callable[..., Page]) -> Page:
    return new_page(java_script_enabled=False)


def _complaint(message: ConsoleMessage) -> list[str]:
    # Chromium calls every answer of 400 and above an error;
    # which answers are right is for the tests to say.
    if message.type != "error" or message.text.startswith(
        "Failed to load resource: the server responded with"
    ):
        return []
    return [message.text]


def _elsewhere(request: Request, site: str) -> list[str]:
    at_home = request.url.startswith((f"{site}/", "data:", "blob:", "about:"))
    return [] if at_home else [f"A request went to {request.url}"]
