"""Emails that are composed when they are sent, and again for each try."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from mail import delivery
from mail.build import deferred, mail_id
from mail.models import UndeliveredEmail
from tests.mail.smtp import ACCEPT, mail_server

RunTasks = Callable[[], None]
WORDS: list[str] = []


def compose(recipient: str) -> EmailMessage | None:
    return EmailMessage(WORDS[0], "Plainly.", to=[recipient]) if WORDS else None


def write(composer: str = "compose", priority: int = 0) -> None:
    delivery.queue(
        deferred(
            f"{__name__}.{composer}",
            "ines@example.com",
            to="ines@example.com",
            message_id=mail_id("test", 1),
            priority=priority,
        )
    )


@pytest.fixture(autouse=True)
def words(db: None) -> None:
    WORDS[:] = ["At first"]


def test_it_says_what_holds_when_it_is_tried_again(run_tasks: RunTasks) -> None:
    with mail_server({"DATA": "451 4.3.0 Try later"}, ACCEPT) as server:
        write()
        run_tasks()
        WORDS[:] = ["Later"]
        with time_machine.travel(timezone.now() + timedelta(minutes=2)):
            run_tasks()
    [email] = server.accepted
    assert (email["Subject"], email["Message-ID"]) == ("Later", "<test-1@localhost>")
    assert email["Auto-Submitted"] == "auto-generated"


def test_it_is_dropped_where_nothing_is_left_to_say(run_tasks: RunTasks) -> None:
    with mail_server() as server:
        write()
        WORDS.clear()
        run_tasks()
    assert server.accepted == []
    assert not UndeliveredEmail.objects.exists()


def test_one_that_cannot_be_composed_is_tried_again(
    run_tasks: RunTasks, caplog: pytest.LogCaptureFixture
) -> None:
    with mail_server() as server:
        write("nobody_wrote_this")
        run_tasks()
    assert server.accepted == []
    email = UndeliveredEmail.objects.get()
    assert email.cause == "site"
    assert email.next_try_at
    assert "could not be composed" in caplog.text


def test_codes_come_before_what_can_wait(run_tasks: RunTasks) -> None:
    with mail_server() as server:
        write(priority=-50)
        EmailMessage("A code", "Words.", to=["ines@example.com"]).send()
        run_tasks()
    assert [email["Subject"] for email in server.accepted] == ["A code", "At first"]


def test_a_retry_waits_for_codes_too(run_tasks: RunTasks) -> None:
    with mail_server({"DATA": "451 4.3.0 Try later"}):
        write(priority=-50)
        run_tasks()
    assert DBTaskResult.objects.ready().count() == 0
    assert DBTaskResult.objects.get(task_path="mail.delivery.deliver_again").priority == -50


def test_the_server_hears_quit_after_the_email_is_recorded(
    run_tasks: RunTasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded = []
    leave = EmailBackend.close

    def close(backend: EmailBackend) -> None:
        recorded.append(DBTaskResult.objects.get().args_kwargs["args"])
        leave(backend)

    monkeypatch.setattr(EmailBackend, "close", close)
    with mail_server() as server:
        write()
        run_tasks()
    assert len(server.accepted) == 1
    assert recorded == [[{}]]
