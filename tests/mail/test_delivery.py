"""A real mail server answers; what happens to the email, and what administrators see of it."""

import logging
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core.mail import send_mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from mail.models import WAITS, UndeliveredEmail
from tests.mail.smtp import ACCEPT, DROP, Mood, mail_server

RunTasks = Callable[[], None]

NOT_ABOUT_THE_RECIPIENT: list[Mood] = [
    {"AUTH": "535 5.7.8 Authentication credentials invalid"},
    {"AUTH": "534 5.7.9 Please log in with your web browser"},
    {"AUTH": "454 4.7.0 Temporary authentication failure"},
    {"MAIL": "530 5.7.0 Authentication required"},
    {"MAIL": "553 5.7.1 Sender address rejected: not owned by user"},
    {"MAIL": "550 5.1.8 Sender domain does not exist"},
    {"MAIL": "550 No such user"},
    {"RCPT": "550 5.7.1 Relaying denied"},
    {"RCPT": "550 relay not permitted"},
    {"RCPT": "554 5.7.1 <ines@example.com>: Relay access denied"},
    {"RCPT": "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)"},
    {"RCPT": "530 Must issue a STARTTLS command first"},
    {"RCPT": "550 Blocked: your IP has a poor reputation"},
    {"RCPT": "450 4.2.0 Greylisted"},
    {"RCPT": "599 What this means nobody knows"},
    {"RCPT": DROP},
    {"DATA": "554 5.7.1 Message rejected as spam"},
    {"DATA": "451 4.3.0 Try later"},
    {"DATA": "599 What this means nobody knows"},
]
ABOUT_THE_RECIPIENT: list[Mood] = [
    {"RCPT": "550 5.1.1 The email account that you tried to reach does not exist"},
    {"RCPT": "550 5.1.10 Recipient address has null MX"},
    {"RCPT": "550 5.2.1 Mailbox disabled"},
    {"RCPT": "550 No such user here"},
    {"RCPT": "551 User not local"},
    {"RCPT": "553 sorry, no mailbox here by that name (#5.1.1)"},
    {"RCPT": "556 Domain does not accept email"},
    {"DATA": "550 5.1.1 Mailbox does not exist"},
]


def write(recipient: str = "ines@example.com") -> None:
    send_mail("A code", "Words, plainly.", None, [recipient])


@pytest.mark.parametrize("mood", NOT_ABOUT_THE_RECIPIENT, ids=str)
def test_an_answer_that_is_not_about_the_recipient_ends_no_email(
    mood: Mood, run_tasks: RunTasks, caplog: pytest.LogCaptureFixture
) -> None:
    with mail_server(mood, ACCEPT) as server:
        write()
        run_tasks()
        assert server.accepted == []
        assert "An email could not be sent" in caplog.text
        with time_machine.travel(timezone.now() + timedelta(minutes=2)):
            run_tasks()
    assert [message["Subject"] for message in server.accepted] == ["A code"]
    assert not UndeliveredEmail.objects.exists()


@pytest.mark.parametrize("mood", ABOUT_THE_RECIPIENT, ids=str)
def test_a_permanent_answer_about_the_recipient_ends_the_email_and_is_recorded(
    mood: Mood, run_tasks: RunTasks, caplog: pytest.LogCaptureFixture
) -> None:
    with mail_server(mood, ACCEPT) as server:
        write()
        run_tasks()
        with time_machine.travel(timezone.now() + timedelta(days=2)):
            run_tasks()
    assert server.accepted == []
    email = UndeliveredEmail.objects.get()
    assert (email.recipient, email.cause, email.next_try_at) == (
        "ines@example.com",
        "recipient",
        None,
    )
    assert next(iter(mood.values()))[:3] in email.answer
    assert "is not tried again" in caplog.text


def test_a_lost_acknowledgement_sends_the_same_email_twice_and_says_so(run_tasks: RunTasks) -> None:
    with mail_server({"DATA": DROP}, ACCEPT) as server:
        write()
        run_tasks()
        with time_machine.travel(timezone.now() + timedelta(minutes=2)):
            run_tasks()
    first, second = server.accepted
    assert first["Message-ID"] == second["Message-ID"]


def test_an_email_is_given_up_after_the_last_wait_and_kept(run_tasks: RunTasks) -> None:
    with mail_server({"MAIL": "530 5.7.0 Authentication required"}):
        write()
        now = timezone.now()
        for wait in (timedelta(), *WAITS):
            now += wait + timedelta(seconds=5)
            with time_machine.travel(now):
                run_tasks()
    email = UndeliveredEmail.objects.get()
    assert (email.tries, email.next_try_at) == (len(WAITS) + 1, None)
    assert not DBTaskResult.objects.ready().exists()


def test_two_workers_send_an_email_once(run_tasks: RunTasks) -> None:
    with mail_server({"MAIL": "530 Authentication required"}, ACCEPT) as server:
        write()
        run_tasks()
        call_command("resend_email")
        with time_machine.travel(timezone.now() + timedelta(minutes=2)):
            run_tasks()
    assert len(server.accepted) == 1


def test_the_log_names_neither_recipient_nor_words(
    run_tasks: RunTasks, caplog: pytest.LogCaptureFixture
) -> None:
    with (
        caplog.at_level(logging.DEBUG),
        mail_server({"RCPT": "550 5.1.1 ines@example.com is unknown: A code"}),
    ):
        write()
        run_tasks()
    assert "550 5.1.1" in caplog.text
    assert "ines@" not in caplog.text
    assert "A code" not in caplog.text


@pytest.mark.parametrize("page", ["/admin/", "/moderation/"])
def test_administrators_see_that_emails_fail_until_they_went_out(
    page: str, run_tasks: RunTasks, moderator: User, client_of: Callable[[User], Client]
) -> None:
    client = client_of(moderator)
    with mail_server({"AUTH": "535 5.7.8 Invalid"}, ACCEPT) as server:
        write()
        run_tasks()
        assert "not sent" in client.get(page).text
        listed = client.get("/admin/mail/undeliveredemail/").text
        assert "535 5.7.8" in listed
        assert "Words, plainly." not in listed
        email = UndeliveredEmail.objects.get()
        assert (
            "Words, plainly."
            not in client.get(f"/admin/mail/undeliveredemail/{email.pk}/change/").text
        )
        again = {"action": "send_again", "_selected_action": [email.pk]}
        assert client.post("/admin/mail/undeliveredemail/", again).status_code == 302
        run_tasks()
    assert len(server.accepted) == 1
    assert "not sent" not in client.get(page).text


def test_a_mistyped_address_alarms_nobody(
    run_tasks: RunTasks, moderator: User, client_of: Callable[[User], Client]
) -> None:
    with mail_server({"RCPT": "550 5.1.1 No such user"}):
        write()
        run_tasks()
    assert "not sent" not in client_of(moderator).get("/moderation/").text


def test_readers_are_told_nothing_of_it(
    run_tasks: RunTasks, reader: User, client_of: Callable[[User], Client]
) -> None:
    UndeliveredEmail.objects.create(
        message_id="<1@example.org>", recipient="ines@example.com", content={}
    )
    assert "not sent" not in client_of(reader).get("/").text


def test_a_command_lists_failed_emails_and_sends_them_again(
    run_tasks: RunTasks, capsys: pytest.CaptureFixture[str]
) -> None:
    with mail_server({"RCPT": "550 5.1.1 No such user"}, ACCEPT) as server:
        write()
        run_tasks()
        call_command("resend_email", "--list")
        assert "ines@example.com  550 5.1.1 No such user" in capsys.readouterr().out
        call_command("resend_email", "ines@example.com")
        run_tasks()
    assert len(server.accepted) == 1


def test_undelivered_emails_are_forgotten_after_a_month(db: None) -> None:
    UndeliveredEmail.objects.create(
        message_id="<1@example.org>", recipient="ines@example.com", content={}
    )
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        UndeliveredEmail.objects.expire()
    assert not UndeliveredEmail.objects.exists()
