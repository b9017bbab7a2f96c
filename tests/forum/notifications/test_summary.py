"""Moderators and editors are emailed once a day what waits for them."""

from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone

from accounts.models import User
from articles.models import Topic
from forum.models import Case, Comment, ModerationAction, Moderator, NotificationSettings, Objection
from forum.notifications import periodic
from tests.conftest import person
from tests.mail import Outbox, link_in, text_of

Say = Callable[..., Comment]
At = Callable[..., list[EmailMessage]]
DAY = timedelta(days=1)


@pytest.fixture
def at(outbox: Outbox) -> At:
    def emails(time: timedelta = timedelta()) -> list[EmailMessage]:
        with time_machine.travel(timezone.now() + time):
            periodic.queue_due_tasks()
            return [mail for mail in outbox() if "wait" in mail["Subject"]]

    return emails


def wait(comment: Comment, hours: int) -> Case:
    opened = timezone.now() - timedelta(hours=hours)
    topic = comment.discussion.article.topic_id
    return Case.objects.create(
        comment=comment, topic_id=topic, cause="flags", severity=10, opened_at=opened
    )


def test_it_names_what_waits_longest(say: Say, at: At, reader: User, moderator: User) -> None:
    cases = [wait(say(f"Words {number}."), hours=number) for number in range(1, 8)]
    warning = ModerationAction.record("warn", by=None, comment=cases[0].comment, person=reader)
    Objection.objects.create(action=warning, person=reader, words="No.")
    [email] = at()
    text = text_of(email)
    assert email["To"] == "olwen@example.com"
    assert email["Subject"] == "8 wait for you on Parley"
    assert "7 comments wait for a decision" in text
    assert "1 objection waits for an answer" in text
    shown = [f"/moderation/cases/{case.pk}/" in text for case in cases]
    assert shown == [False, False, True, True, True, True, True]
    assert text.index(f"/cases/{cases[6].pk}/") < text.index(f"/cases/{cases[5].pk}/")
    assert "Words" not in text  # the texts stay behind the sign-in


def test_it_comes_once_a_day_and_not_when_nothing_waits(say: Say, at: At, moderator: User) -> None:
    case = wait(say("Words."), hours=1)
    assert len(at()) == 1
    assert len(at(timedelta(minutes=1))) == 1
    assert len(at(DAY)) == 2
    assert len(at(DAY + timedelta(minutes=1))) == 2
    Case.objects.filter(pk=case.pk).update(decided_at=timezone.now())
    assert len(at(2 * DAY)) == 2


@pytest.mark.parametrize(("choice", "number"), [("daily", 3), ("weekly", 1), ("never", 0)])
def test_it_comes_as_chosen(choice: str, number: int, say: Say, at: At, moderator: User) -> None:
    NotificationSettings.objects.create(person=moderator, summary=choice)
    wait(say("Words."), hours=1)
    with time_machine.travel("2026-06-02 10:00Z"):  # a Tuesday
        emails = [at(days * DAY) for days in range(3)]
    assert len(emails[-1]) == number


def test_it_is_left_by_its_link(say: Say, at: At, moderator: User) -> None:
    wait(say("Words."), hours=1)
    [email] = at()
    Client().post(link_in(email, "/notifications/unsubscribe/"))
    assert len(at(DAY)) == 1


def test_a_moderator_of_another_topic_gets_none(say: Say, at: At, other_reader: User) -> None:
    Moderator.objects.create(
        person=other_reader, topic=Topic.objects.create(name="Waves", slug="waves")
    )
    wait(say("Words."), hours=1)
    assert at() == []


def test_editors_hear_of_questions(say: Say, at: At, db: None) -> None:
    editor = person("Edda Editor", is_staff=True)
    editor.user_permissions.add(Permission.objects.get(codename="change_article"))
    Comment.objects.filter(pk=say("Why?").pk).update(kind="question")
    [email] = at()
    assert email["To"] == "edda@example.com"
    assert "1 question or correction by readers is open" in text_of(email)


def test_only_moderators_can_choose_it(
    moderator: User, reader: User, client_of: Callable[[User], Client]
) -> None:
    assert 'name="summary"' in client_of(moderator).get("/notifications/settings/").text
    assert 'name="summary"' not in client_of(reader).get("/notifications/settings/").text
    choices = dict.fromkeys(["replies", "mentions", "followed", "approvals", "reports"], "daily")
    answer = client_of(moderator).post("/notifications/settings/", choices | {"summary": "weekly"})
    assert answer.status_code == 302
    assert NotificationSettings.objects.get(person=moderator).summary == "weekly"
