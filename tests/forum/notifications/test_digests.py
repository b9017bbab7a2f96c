"""Daily and weekly emails say what was answered, and the best of what a person follows."""

from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from accounts.models import User
from articles.models import Article
from forum.flags.models.flag import TOLD_AFTER
from forum.models import Comment, Flag, FlagReason, Notification, NotificationSettings
from forum.moderation import decisions
from forum.notifications import periodic
from tests.forum.notifications.conftest import follow
from tests.mail import Outbox, text_of

Say = Callable[..., Comment]
At = Callable[[timedelta], list[EmailMessage]]
DAY, WEEK = timedelta(days=1), timedelta(days=7)
TUESDAY = datetime(2026, 6, 2, 10, tzinfo=timezone.get_fixed_timezone(0))


@pytest.fixture(autouse=True)
def tuesday(db: None) -> Any:
    with time_machine.travel(TUESDAY, tick=True):
        yield


@pytest.fixture
def at(outbox: Outbox) -> At:
    def emails(time: timedelta) -> list[EmailMessage]:
        outbox()
        with time_machine.travel(TUESDAY + time):
            periodic.queue_due_tasks()
            return outbox()

    return emails


def test_a_daily_email_comes_in_the_morning(
    say: Say, at: At, reader: User, other_reader: User
) -> None:
    NotificationSettings.objects.create(person=reader, replies="daily")
    parent = say("It turns.")
    say("No, it does not.", parent=parent, by=other_reader)
    say("Really not.", parent=parent, by=other_reader)
    assert at(timedelta(hours=20)) == []
    [email] = at(timedelta(hours=21, minutes=2))
    told = Notification.objects.order_by("pk").first()
    assert email["Subject"] == "2 notifications from Parley"
    assert email["Message-ID"] == f"<digest-{told.pk}@localhost>"
    assert email["List-Id"] == "<digest.localhost>"
    assert "No, it does not." in text_of(email)
    assert len(at(WEEK)) == 1


def test_a_weekly_email_comes_on_monday(say: Say, at: At, reader: User, other_reader: User) -> None:
    NotificationSettings.objects.create(person=reader, replies="weekly")
    say("No.", parent=say("It turns."), by=other_reader)
    assert at(5 * DAY) == []
    assert len(at(6 * DAY)) == 1


def test_the_best_comes_first_of_what_is_followed(
    say: Say, at: At, article: Article, other_reader: User
) -> None:
    follow(other_reader, article=article)
    comments = [say(f"Words {number}.") for number in range(8)]
    Comment.objects.filter(pk=comments[6].pk).update(rank=90)
    [email] = at(DAY)
    text = text_of(email)
    assert "From what you follow" in text
    assert text.index("Words 6.") < text.index("Words 0.")
    assert "Words 7." not in text
    assert "Read 3 more" in text


def test_there_is_no_email_with_nothing_in_it(
    say: Say, at: At, article: Article, other_reader: User, moderator: User
) -> None:
    follow(other_reader, article=article)
    comment = say("It turns.")
    at(timedelta(minutes=1))
    decisions.remove(comment, by=moderator, reason="spam")
    assert [mail for mail in at(DAY) if mail["To"] == "tomas@example.com"] == []


@pytest.mark.parametrize(
    ("choice", "reason", "at_once"),
    [("daily", "spam", 0), ("at_once", "spam", 1), ("never", "illegal", 1)],
)
def test_the_outcome_of_a_report_comes_as_chosen_unless_a_law_says_when(
    choice: str,
    reason: str,
    at_once: int,
    say: Say,
    at: At,
    other_reader: User,
    moderator: User,
) -> None:
    NotificationSettings.objects.create(person=other_reader, reports=choice)
    comment = say("Buy now.")
    why = FlagReason.objects.filter(reason=reason).first() or FlagReason.objects.create(
        name="Why", reason=reason
    )
    Flag.objects.make(comment=comment, by=other_reader, reason=why)
    decisions.remove(comment, by=moderator, reason="spam")

    def theirs(time: timedelta) -> list[EmailMessage]:
        return [mail for mail in at(time) if mail["To"] == "tomas@example.com"]

    assert len(theirs(TOLD_AFTER + timedelta(seconds=5))) == at_once
    assert len(theirs(DAY)) == 1
    assert "reported a comment" in text_of(theirs(DAY)[0])
