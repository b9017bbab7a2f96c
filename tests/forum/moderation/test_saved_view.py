"""Saved views of the queue."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from forum.models import SavedView

QUEUE = "/moderation/"


def test_views_are_saved_replaced_and_deleted(desk: Client) -> None:
    for query in ("cause=spam", "cause=heat&evil=1"):
        desk.post("/moderation/views/", {"name": "Mine", "query": query})
    view = SavedView.objects.get()
    assert view.query == "cause=heat"
    assert "Mine" in desk.get(QUEUE).content.decode()
    desk.post(f"/moderation/views/{view.pk}/delete/")
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("name", ["", "\u200b", "\u3164", "x" * 41, "xy" + "\u0301" * 30])
def test_a_view_needs_a_name_that_can_be_read(name: str, desk: Client) -> None:
    answer = desk.post("/moderation/views/", {"name": name, "query": "cause=spam"}, follow=True)
    assert (
        "Enter a name of at most 40 characters" in answer.content.decode()
        or "Too many accents" in answer.content.decode()
    )
    assert not SavedView.objects.exists()


def test_a_view_is_its_persons_own(
    desk: Client, other_moderator: User, client_of: Callable[[User], Client]
) -> None:
    view = SavedView.objects.create(person=other_moderator, name="Theirs", query="cause=spam")
    desk.post(f"/moderation/views/{view.pk}/delete/")
    assert SavedView.objects.exists()
    assert "Theirs" not in desk.get(QUEUE).content.decode()
