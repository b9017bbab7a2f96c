"""A discussion is slowed down, rests for a time, is closed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from forum.models import Comment, Discussion, ModerationAction
from forum.moderation import locking
from tests.waiting import seconds_to_wait

Say = Callable[..., Comment]
Settings = Callable[..., str]
Post = Callable[[User, str], Any]


@pytest.fixture
def change(say: Say, moderator: User, client_of: Callable[[User], Client]) -> Settings:
    """Sends the form, as it stands but for what is said, and reads the page it leads to."""
    say("First.")
    browser = client_of(moderator)

    def changed(**said: Any) -> str:
        data = {"slow_minutes": 0, "state": "open", **said}
        return browser.post(
            reverse("moderate_discussion", args=["high-tide"]), data, follow=True
        ).content.decode()

    return changed


@pytest.fixture
def post(client_of: Callable[[User], Client]) -> Post:
    return lambda person, body: client_of(person).post(
        reverse("post_comment", args=["high-tide"]), {"body": body}
    )


def test_a_slow_discussion_takes_one_comment_a_person_every_so_many_minutes(
    change: Settings, post: Post, other_reader: User
) -> None:
    assert "Slow mode: you can post one comment every 10 minutes." in change(slow_minutes=10)
    assert post(other_reader, "One.").status_code == 302
    refused = post(other_reader, "Kept words.")
    assert (refused.status_code, "Kept words." in refused.content.decode()) == (429, True)
    assert 540 < seconds_to_wait(refused) <= 600


def test_a_slow_discussion_lets_everybody_else_write(
    change: Settings, post: Post, other_reader: User
) -> None:
    change(slow_minutes=10)
    assert post(other_reader, "Another.").status_code == 302


def test_moderators_are_not_slowed(change: Settings, post: Post, moderator: User) -> None:
    change(slow_minutes=10)
    assert [post(moderator, words).status_code for words in ("One.", "Two.")] == [302, 302]


def test_what_is_slowed_can_be_let_go(change: Settings) -> None:
    change(slow_minutes=10), change(slow_minutes=0)
    assert [line.rule_in_words for line in ModerationAction.objects.order_by("pk")] == [
        "One comment per person every 10 minutes",
        "Slow mode off",
    ]


def test_a_resting_discussion_says_until_when(
    change: Settings, post: Post, other_reader: User
) -> None:
    assert "is paused until" in change(state="rests", hours=2)
    assert post(other_reader, "Kept.").status_code == 409


def test_a_rest_needs_its_hours(change: Settings) -> None:
    page = change(state="rests")
    assert "Enter the number of hours." in page
    assert page.count("There is a problem") == 1
    assert Discussion.objects.get().is_open


def test_a_rest_ends_by_itself(change: Settings, post: Post, other_reader: User) -> None:
    change(state="rests", hours=2)
    task = DBTaskResult.objects.get(task_path="forum.tasks.open_discussion")
    assert task.run_after == Discussion.objects.get().closed_until
    Discussion.objects.update(closed_until=timezone.now() - timedelta(seconds=1))
    assert post(other_reader, "Awake.").status_code == 302


def test_the_end_of_a_rest_is_in_the_log(change: Settings) -> None:
    change(state="rests", hours=2)
    discussion = Discussion.objects.get()
    assert locking.open_when_due(discussion) is None
    Discussion.objects.update(closed_until=timezone.now() - timedelta(seconds=1))
    line = locking.open_when_due(discussion)
    assert line
    assert (line.kind, line.is_automatic) == ("reopen", True)


def test_a_closed_discussion_is_opened_again(change: Settings) -> None:
    change(state="closed"), change(state="open")
    assert [line.kind for line in ModerationAction.objects.order_by("pk")] == ["close", "reopen"]


def test_what_is_left_as_it_is_is_no_line_of_the_log(change: Settings) -> None:
    assert "Nothing was changed." in change()
    assert not ModerationAction.objects.exists()


def test_a_discussion_that_rests_is_closed_for_good(change: Settings) -> None:
    change(state="rests", hours=2), change(state="closed")
    discussion = Discussion.objects.get()
    assert (discussion.is_open, discussion.closed_until) == (False, None)
    assert [line.kind for line in ModerationAction.objects.order_by("pk")] == ["close", "close"]
