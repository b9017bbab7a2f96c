"""Edits, deletions and previews have limits of their own, and typed text is never lost."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts import limits
from accounts.counters import Rate
from accounts.models import User
from forum.models import Comment
from tests.waiting import seconds_to_wait


@pytest.fixture(autouse=True)
def low(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CHANGE_OF_PERSON", Rate("change", 2, 60))
    monkeypatch.setattr(limits, "PREVIEW_OF_PERSON", Rate("preview", 2, 60))
    monkeypatch.setattr(limits, "PREVIEW_FROM_NETWORK", (Rate("preview.minute", 2, 60),))


def test_the_third_change_waits(
    say: Callable[..., Comment], reader: User, client_of: Callable[[User], Client]
) -> None:
    comment, client = say("Words."), client_of(reader)
    address = comment.get_absolute_url()
    assert client.post(f"{address}delete/").status_code == 302
    assert client.post(f"{address}undelete/").status_code == 302
    edited = client.post(f"{address}edit/", {"body": "Other words.", "edition": comment.version})
    assert edited.status_code == 429
    assert 0 < seconds_to_wait(edited) <= 60
    assert "Other words." in edited.content.decode()
    assert client.post(f"{address}delete/").status_code == 429
    assert Comment.objects.get().body == "Words."


@pytest.mark.parametrize("signed_in", [True, False])
def test_the_third_preview_waits(
    signed_in: bool, discussion: Any, reader: User, client_of: Callable
) -> None:
    client = client_of(reader) if signed_in else Client(HTTP_SEC_FETCH_SITE="same-origin")
    address, fields = (
        "/articles/high-tide/comments/preview/",
        {"body": "Typed words.", "email": "a@example.com"},
    )
    answers = [client.post(address, fields) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "Typed words." in answers[-1].content.decode()


def test_answered_by_nobody_leads_back(say: Callable[..., Comment]) -> None:
    say("A question.")
    text = Client().get("/articles/high-tide/?sort=answered").content.decode()
    assert "No comments yet" not in text
    assert "The author has not answered any comment yet." in text
    assert '<nav class="sort" aria-label="Order of comments">' in text
