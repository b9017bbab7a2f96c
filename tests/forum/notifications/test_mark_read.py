"""Marking notifications as read."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from forum.models import Comment, Notification
from forum.notifications import inbox
from tests.forum.notifications.conftest import Told, unread_count
from tests.forum.notifications.test_inbox import PAGE, items, text_of

Say = Callable[..., Comment]


@pytest.fixture
def browser(client_of: Callable[[User], Client], other_reader: User) -> Client:
    return client_of(other_reader)


@pytest.fixture
def head(say: Say, other_reader: User) -> Comment:
    return say("It turns.", by=other_reader)


def mark_all(page: str) -> dict[str, list[str]]:
    """Return the fields of the form with the button "Mark all as read"."""
    form = page[: page.index("Mark all as read")].rpartition("<form")[2]
    return {name: re.findall(rf'name="{name}" value="(\d+)"', form) for name in ("n", "all")}


def test_all_are_marked_as_read_but_what_came_since(
    browser: Client, head: Comment, say: Say, told: Told, other_reader: User
) -> None:
    for words in ("No.", "Never."):
        say(words, parent=head)
    told()
    fields = mark_all(text_of(browser))
    say("At noon.", parent=head)
    told()
    browser.post(f"{PAGE}read/", fields)
    assert items(text_of(browser)) == [True, False, False]


def test_those_on_other_pages_are_marked_too(
    browser: Client, head: Comment, say: Say, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "PER_PAGE", 2)
    for words in ("No.", "Never.", "At noon."):
        say(words, parent=head)
    told()
    Notification.objects.update(created_at=timezone.now() - timedelta(minutes=1))
    say("At last.", parent=head)
    told()
    browser.post(f"{PAGE}read/", mark_all(text_of(browser)))
    assert not Notification.objects.unread().exists()


def test_a_row_that_was_committed_after_the_page_was_read_stays_new(
    browser: Client, head: Comment, say: Say, told: Told
) -> None:
    """Its key may be lower: it was saved by a transaction that began earlier."""
    for words in ("No.", "Never."):
        say(words, parent=head)
    told()
    early, _ = Notification.objects.order_by("pk")
    Notification.objects.filter(pk=early.pk).delete()
    fields = mark_all(text_of(browser))
    early.save(force_insert=True)
    browser.post(f"{PAGE}read/", fields)
    assert [row.pk for row in Notification.objects.unread()] == [early.pk]


@pytest.mark.parametrize("field", [{}, {"n": "x"}, {"all": "-1"}, {"n": ["", "9" * 30]}])
def test_nonsense_marks_nothing(
    field: dict[str, Any], browser: Client, head: Comment, say: Say, told: Told, other_reader: User
) -> None:
    say("No.", parent=head)
    told()
    assert browser.post(f"{PAGE}read/", field).status_code == 302
    assert unread_count(other_reader) == 1
