"""Several processes serve one site, each with pages of its own."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server import Browser, Server

pytestmark = pytest.mark.process

CANARY = "canary-7f3a"
# Each visit is a connection of its own, which any of the workers may take.
VISITS = 20


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path, "")
    server.start(workers=2)
    yield server
    server.stop()


def visits(server: Server, address: str) -> list[str]:
    return [Browser(server.site).get(address) for _ in range(VISITS)]


def test_a_removal_is_gone_from_all_of_them_when_it_is_answered(server: Server) -> None:
    moderator = server.administrator()
    page = re.findall(r'href="(/articles/[\w-]+/)"', moderator.get("/"))[0]
    token = moderator.token(page)
    moderator.post(f"{page}comments/", body=CANARY, key="k", csrfmiddlewaretoken=token)
    comment = max(map(int, re.findall(r'id="c(\d+)"', moderator.get(page))))
    for address in (page, f"/comments/{comment}/"):
        assert all(CANARY in text for text in visits(server, address))
    decision = {"decision": "remove", "reason": "spam", "csrfmiddlewaretoken": token}
    lines = {"moderation_actions-TOTAL_FORMS": "0", "moderation_actions-INITIAL_FORMS": "0"}
    assert moderator.post(f"/admin/forum/comment/{comment}/change/", **decision, **lines) == 302
    for address in (page, f"/comments/{comment}/"):
        assert not any(CANARY in text for text in visits(server, address))
