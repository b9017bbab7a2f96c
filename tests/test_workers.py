"""Several processes serve one site, each with pages of its own."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server import Browser, Server

pytestmark = pytest.mark.process

COMMENT = re.compile(r'id="c(\d+)".*?class="comment-body"[^>]*><p>([\w ]+)', re.DOTALL)
# Each visit is a connection of its own, which any of the workers may take.
VISITS = 20


@pytest.fixture
def server(started_before: Path) -> Iterator[Server]:
    server = Server(started_before, "")
    server.start(workers=2)
    yield server
    server.stop()


def visits(server: Server, address: str) -> list[str]:
    return [Browser(server.site).get(address) for _ in range(VISITS)]


def test_a_removal_is_gone_from_all_of_them_when_it_is_answered(server: Server) -> None:
    moderator = server.administrator()
    page = re.findall(r'href="(/articles/[\w-]+/)"', moderator.get("/"))[0]
    comment, words = re.findall(
        r'id="c(\d+)".*?class="comment-body"[^>]*><p>([\w ]+)', moderator.get(page), re.DOTALL
    )[0]
    addresses = (page, f"/comments/{comment}/")
    for address in addresses:
        assert all(words in text for text in visits(server, address))
    tools = f"/comments/{comment}/moderate/"
    decision = {
        "decision": "remove",
        "reason": "spam",
        "note": "",
        "csrfmiddlewaretoken": moderator.token(tools),
    }
    assert moderator.post(tools, **decision) in {302, 303}
    for address in addresses:
        assert not any(words in text for text in visits(server, address))
