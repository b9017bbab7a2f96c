"""No script in a comment runs in a reader's browser."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.corpora import payloads

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
BATCH = 250
PLACE = "http://comments.test/"
SPY = """
window.ran = [];
for (const name of ["alert", "confirm", "prompt", "open", "print", "fetch"])
  window[name] = (...words) => { window.ran.push(name) };
"""
ARMED = """
() => [...document.querySelectorAll("body *")].filter(element =>
  /^(script|style|iframe|object|embed|form|input|svg|math|base|link|meta|img|video|audio)$/i
    .test(element.tagName)
  || [...element.attributes].some(({name, value}) => /^on/i.test(name)
    || /^(id|class|style|name|src)$/i.test(name)
     || (name === "href" && !/^(https?:|mailto:|:)$/i.test(element.protocol)))
).map(element => element.outerHTML.slice(0, 200))
"""


@pytest.fixture
def spied_page(browser: Browser) -> Iterator[Page]:
    """A page without any of our protections around the comments."""
    context = browser.new_context()
    context.add_init_script(SPY)
    yield context.new_page()
    context.close()


def test_nothing_runs(spied_page: Page) -> None:
    rendered = [
        json.loads(line)["html"] for line in render(payloads("xss_html", "xss_markdown", "ssti"))
    ]
    requests: list[str] = []
    spied_page.on("request", lambda request: requests.append(request.url))
    for first in range(0, len(rendered), BATCH):
        show(spied_page, "".join(f"<div>{html}</div>" for html in rendered[first : first + BATCH]))
        assert spied_page.evaluate("window.ran") == []
        assert spied_page.evaluate(ARMED) == []
    assert set(requests) == {PLACE}


def show(page: Page, body: str) -> None:
    html = f"<!doctype html><body>{body}</body>"
    page.route(
        PLACE, lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8")
    )
    page.goto(PLACE)
    page.unroute(PLACE)


def render(bodies: list[object]) -> list[str]:
    """Return the lines that the command writes, one for each body."""
    lines = "".join(json.dumps({"body": str(body)}) + "\n" for body in bodies)
    command = [sys.executable, "manage.py", "render_comments"]
    done = subprocess.run(
        command, cwd=ROOT, input=lines, capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()
