"""Emails leave out what readers no longer see, what they read, and what they chose not to get."""

from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from articles.models import Article
from forum.models import Comment, Notification, NotificationSettings
from forum.moderation import decisions
from forum.notifications import following, periodic
from forum.notifications.models.settings import SETTING_OF
from forum.posting import visibility
from forum.posting.edit import delete_comment, edit_comment, undelete_comment
from mail.models import Suppression, UndeliveredEmail
from privacy.requests import request_deletion
from tests.mail import text_of
from tests.mail.smtp import ACCEPT, mail_server

Say = Callable[..., Comment]
Later = Callable[..., list[EmailMessage]]

SOON = timedelta(minutes=4, seconds=59)
IN_TIME = timedelta(minutes=6)


@pytest.mark.parametrize("how", ["removed", "deleted", "held", "withdrawn", "muted", "read"])
def test_nothing_is_emailed_of_what_is_gone_by_then(
    how: str,
    say: Say,
    run_tasks: Callable[[], None],
    later: Later,
    article: Article,
    reader: User,
    other_reader: User,
    moderator: User,
) -> None:
    reply = say("No.", parent=say("It turns."), by=other_reader)
    run_tasks()
    change: dict[str, Callable[[], Any]] = {
        "removed": lambda: decisions.remove(reply, by=moderator, reason="unkind"),
        "deleted": lambda: delete_comment(reply),
        "held": lambda: visibility.hold(reply, by=moderator),
        "withdrawn": lambda: Article.objects.filter(pk=article.pk).update(status="draft"),
        "muted": lambda: following.mute_thread(reply.root, by=reader),
        "read": lambda: Notification.objects.all().mark_read(by=reader),
    }
    change[how]()
    assert [mail for mail in later() if mail["To"] == "ines@example.com"] == []


def test_a_name_that_was_edited_out_is_not_emailed(
    say: Say, run_tasks: Callable[[], None], later: Later, other_reader: User
) -> None:
    comment = say("Ask @Tomas Reyle.")
    run_tasks()
    edit_comment(comment, body="Ask him.")
    DBTaskResult.objects.filter(task_path="forum.tasks.comment_edited").delete()  # still queued
    assert later() == []


def test_what_comes_back_is_emailed_once(
    say: Say, run_tasks: Callable[[], None], later: Later, other_reader: User
) -> None:
    reply = say("No.", parent=say("It turns."), by=other_reader)
    run_tasks()
    delete_comment(reply)
    assert later() == []
    with time_machine.travel(timezone.now() + timedelta(minutes=10)):
        undelete_comment(reply)
        assert len(later(timedelta(minutes=1))) == 1
        delete_comment(reply)
        undelete_comment(reply)
        assert len(later()) == 1


def test_what_is_removed_while_the_mail_server_is_away_is_not_sent_afterwards(
    say: Say, later: Later, run_tasks: Callable[[], None], other_reader: User, moderator: User
) -> None:
    parent = say("It turns.")
    first = say("Vile.", parent=parent, by=other_reader)
    say("Fine.", parent=parent, by=other_reader)
    run_tasks()
    with mail_server({"MAIL": "450 4.3.0 Try later"}, ACCEPT) as server:
        with time_machine.travel(timezone.now() + IN_TIME):
            run_tasks()
        decisions.remove(first, by=moderator, reason="unkind")
        with time_machine.travel(timezone.now() + timedelta(minutes=8)):
            run_tasks()
    [email] = [mail for mail in server.accepted if mail["To"] == "ines@example.com"]
    assert "Fine." in text_of(email)
    assert "Vile." not in text_of(email)


@pytest.mark.parametrize(
    ("choice", "due_in"), [("at_once", IN_TIME), ("daily", timedelta(days=1, minutes=1))]
)
def test_what_is_turned_off_while_the_mail_server_is_away_is_not_sent_afterwards(
    choice: str,
    due_in: timedelta,
    say: Say,
    run_tasks: Callable[[], None],
    reader: User,
    other_reader: User,
) -> None:
    NotificationSettings.objects.create(person=reader, replies=choice)
    say("No.", parent=say("It turns."), by=other_reader)
    run_tasks()
    with mail_server({"MAIL": "450 4.3.0 Try later"}, ACCEPT) as server:
        with time_machine.travel(timezone.now() + due_in):
            periodic.queue_due_tasks()
            run_tasks()
        assert UndeliveredEmail.objects.count() == 1
        NotificationSettings.objects.filter(person=reader).update(replies="never")
        with time_machine.travel(timezone.now() + due_in + timedelta(minutes=2)):
            run_tasks()
    assert (server.accepted, UndeliveredEmail.objects.count()) == ([], 0)


def test_nobody_is_emailed_while_their_account_waits_for_its_deletion(
    say: Say, later: Later, reader: User, other_reader: User
) -> None:
    say("No.", parent=say("It turns."), by=other_reader)
    deletion = request_deletion(reader, keeps_comments=True)
    assert [mail["Subject"] for mail in later() if "replied" in mail["Subject"]] == []
    deletion.withdraw()
    say("Never.", parent=Comment.objects.earliest("pk"), by=other_reader)
    assert len([mail for mail in later() if "replied" in mail["Subject"]]) == 1


@pytest.mark.parametrize("choice", ["never", "daily", "weekly"])
def test_a_choice_that_changes_in_the_meantime_counts(
    choice: str,
    say: Say,
    run_tasks: Callable[[], None],
    later: Later,
    reader: User,
    other_reader: User,
) -> None:
    say("No.", parent=say("It turns."), by=other_reader)
    run_tasks()
    NotificationSettings.objects.create(person=reader, replies=choice)
    assert later() == []
    assert len(later(timedelta(days=8))) == (0 if choice == "never" else 1)


@pytest.mark.parametrize("why", ["suppressed", "inactive", "imported"])
def test_nobody_is_emailed_who_cannot_be(
    why: str, say: Say, later: Later, reader: User, other_reader: User
) -> None:
    say("No.", parent=say("It turns."), by=other_reader)
    if why == "suppressed":
        Suppression.objects.stop(["ines@example.com"], cause="refused")
    elif why == "inactive":
        User.objects.filter(pk=reader.pk).update(is_active=False)
    else:
        User.objects.filter(pk=reader.pk).update(email="ines@imported.invalid")
    assert later() == []
    assert not Notification.objects.filter(email_due_at__isnull=False).exists()


def test_what_nobody_could_see_for_a_week_is_given_up(
    say: Say, run_tasks: Callable[[], None], later: Later, other_reader: User
) -> None:
    reply = say("No.", parent=say("It turns."), by=other_reader)
    run_tasks()
    Comment.objects.filter(pk=reply.pk).update(status="held")
    assert later(timedelta(days=8)) == []
    assert not Notification.objects.filter(email_due_at__isnull=False).exists()


def test_a_decision_is_emailed_whatever_its_person_chose(
    say: Say, later: Later, reader: User, moderator: User
) -> None:
    never = dict.fromkeys(SETTING_OF.values(), "never")
    NotificationSettings.objects.create(person=reader, summary="never", **never)
    Suppression.objects.stop([reader.email], cause="asked")
    decisions.remove(say("Vile."), by=moderator, reason="unkind")
    assert [mail["To"] for mail in later()] == [reader.email]
