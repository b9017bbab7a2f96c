import logging
import socket
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core.mail import BadHeaderError, EmailMessage, EmailMultiAlternatives, send_mail
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from tests.mail import Outbox


def write(subject: str = "A code", to: str = "ines@example.com") -> None:
    message = EmailMultiAlternatives(subject, "Words, plainly.", to=[to])
    message.attach_alternative("<p>Words.</p>", "text/html")
    message.send()


def test_a_mail_goes_out_as_it_was_written(outbox: Outbox) -> None:
    write("Umlaute: äöü")
    [mail] = outbox()
    assert (mail["Subject"], mail["To"]) == ("Umlaute: äöü", "ines@example.com")
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]


def test_nothing_goes_out_when_its_cause_did_not_happen(outbox: Outbox) -> None:
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    assert outbox() == []


def test_people_who_were_imported_without_an_address_get_no_email(outbox: Outbox) -> None:
    write(to="eilidh@imported.invalid")
    assert outbox() == []


def test_what_an_earlier_version_queued_goes_out(outbox: Outbox) -> None:
    write()
    DBTaskResult.objects.update(task_path="config.mail.deliver")
    assert len(outbox()) == 1


def test_letters_that_went_out_are_not_kept(outbox: Outbox) -> None:
    write("654321 is your code")
    outbox()
    assert not DBTaskResult.objects.filter(args_kwargs__icontains="654321").exists()


@pytest.mark.parametrize("place", ["subject", "to", "header"])
def test_a_line_break_makes_no_second_header(place: str, db: None) -> None:
    evil = "x@example.com\nBcc: everybody@example.com"
    message = EmailMessage(
        evil if place == "subject" else "A code",
        "Words.",
        to=[evil if place == "to" else "a@example.com"],
    )
    if place == "header":
        message.extra_headers["Reply-To"] = evil
    with pytest.raises((BadHeaderError, ValueError)):
        message.send()
    assert not DBTaskResult.objects.exists()


@pytest.fixture
def dead_server(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.EMAIL_PORT = server.getsockname()[1]
    settings.EMAIL_HOST = "127.0.0.1"
    settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"


def test_a_mail_waits_for_a_server_that_is_away(
    dead_server: None, run_tasks: Callable[[], None], outbox: Outbox, settings: Settings
) -> None:
    write()
    run_tasks()
    settings.MAIL_TRANSPORT = "mail.backends.FileBackend"
    assert outbox() == []
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        [mail] = outbox()
    assert mail["Subject"] == "A code"


def test_a_mail_that_is_tried_again_is_known_as_the_same(
    dead_server: None, run_tasks: Callable[[], None], outbox: Outbox, settings: Settings
) -> None:
    write()
    [queued] = [
        result.args_kwargs["args"][0]["headers"]["Message-ID"]
        for result in DBTaskResult.objects.all()
    ]
    run_tasks()
    settings.MAIL_TRANSPORT = "mail.backends.FileBackend"
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        assert [mail["Message-ID"] for mail in outbox()] == [queued]


def test_the_log_says_nothing_about_who_and_what(
    dead_server: None, run_tasks: Callable[[], None], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        send_mail("654321 is your code", "Words.", None, ["ines@example.com"])
        run_tasks()
    assert "could not be sent" in caplog.text
    assert "ines@example.com" not in caplog.text
    assert "654321" not in caplog.text
