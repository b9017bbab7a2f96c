"""Addresses whose emails bounce, or whose owner complains, get no notifications any more."""

import json
import os
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from anymail.signals import tracking
from django.conf import settings as site
from django.core.mail import send_mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts import bounces
from mail.models import Suppression
from tests.mail.smtp import mail_server

SECRET = "parley:a-secret-of-the-tests"
LOGIN = {"HTTP_AUTHORIZATION": f"Basic {b64encode(SECRET.encode()).decode()}"}


@pytest.fixture
def webhooks(settings: Settings, db: None) -> Iterator[None]:
    settings.ROOT_URLCONF = "tests.mail.webhooks"
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET}
    tracking.connect(bounces.receive)
    yield
    tracking.disconnect(bounces.receive)


def postmark(kind: str, **details: Any) -> dict[str, Any]:
    event = {"Email": "Ines@Example.com", "MessageID": "1", "RecordType": "Bounce", **details}
    return event | ({"Type": kind, "ID": 1} if kind else {})


def report(event: dict[str, Any], **headers: str) -> int:
    answer = Client().post(
        "/anymail/postmark/tracking/",
        json.dumps(event),
        content_type="application/json",
        **(headers or LOGIN),
    )
    return answer.status_code


def stopped() -> dict[str, str]:
    return dict(Suppression.objects.values_list("email", "cause"))


def test_a_bounce_stops_notifications(webhooks: None) -> None:
    assert report(postmark("HardBounce")) == 200
    assert stopped() == {"ines@example.com": "refused"}


def test_a_complaint_stops_them_and_outlasts_a_bounce(webhooks: None) -> None:
    report(postmark("HardBounce"))
    report(postmark("SpamComplaint", RecordType="SpamComplaint"))
    report(postmark("HardBounce"))
    assert stopped() == {"ines@example.com": "complaint"}


@pytest.mark.parametrize(
    "event",
    [
        postmark("SoftBounce"),
        postmark("HardBounce", Details="smtp;452 4.2.2 The mailbox is full"),
        postmark("AutoResponder"),
        {"RecordType": "Delivery", "Recipient": "ines@example.com", "MessageID": "1"},
        {"RecordType": "Open", "Recipient": "ines@example.com", "MessageID": "1"},
    ],
    ids=["soft", "full", "out of office", "delivered", "opened"],
)
def test_nothing_else_stops_them(event: dict[str, Any], webhooks: None) -> None:
    assert report(event) == 200
    assert stopped() == {}


def test_a_report_without_the_secret_is_refused(webhooks: None) -> None:
    assert report(postmark("HardBounce"), HTTP_AUTHORIZATION="Basic cGFybGV5Ondyb25n") == 400
    assert stopped() == {}


def test_the_webhooks_take_no_emails(webhooks: None) -> None:
    assert Client().post("/anymail/postmark/inbound/", {}, **LOGIN).status_code == 404


def test_without_a_secret_there_are_no_webhooks(db: None) -> None:
    assert Client().post("/anymail/postmark/tracking/").status_code == 404


def test_a_refusal_of_the_mail_server_stops_them(run_tasks: Callable[[], None]) -> None:
    with mail_server({"RCPT": "550 5.1.1 No such user"}):
        send_mail("A code", "Words.", None, ["ines@example.com"])
        run_tasks()
    assert stopped() == {"ines@example.com": "refused"}


def test_a_refusal_that_is_about_this_site_stops_nothing(run_tasks: Callable[[], None]) -> None:
    with mail_server({"RCPT": "550 5.7.1 Relaying denied"}):
        send_mail("A code", "Words.", None, ["ines@example.com"])
        run_tasks()
    assert stopped() == {}


def test_codes_still_go_to_an_address_without_notifications(
    run_tasks: Callable[[], None], db: None
) -> None:
    Suppression.objects.stop(["ines@example.com"], cause="refused")
    with mail_server() as server:
        send_mail("A code", "Words.", None, ["ines@example.com"])
        run_tasks()
    assert server.recipients == ["ines@example.com"]


def test_a_refused_address_is_tried_again_after_half_a_year_but_no_complaint(db: None) -> None:
    Suppression.objects.stop(["ines@example.com"], cause="refused")
    Suppression.objects.stop(["tomas@example.com"], cause="complaint")
    with time_machine.travel(timezone.now() + timedelta(days=181)):
        Suppression.objects.expire()
    assert stopped() == {"tomas@example.com": "complaint"}


def test_a_command_stops_lists_and_undoes(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("stop_email", "Ines@Example.com")
    call_command("stop_email", "tomas@example.com", "--complaint")
    call_command("stop_email", "tomas@example.com", "--undo")
    call_command("stop_email")
    assert capsys.readouterr().out.split()[1:] == ["ines@example.com", "refused"]
    with pytest.raises(CommandError, match="no address"):
        call_command("stop_email", "no address")


@pytest.mark.process
@pytest.mark.parametrize(
    ("secret", "said"),
    [(SECRET, "/anymail/postmark/tracking/"), ("short", "at least 16 letters and digits")],
)
def test_the_environment_turns_the_webhooks_on(secret: str, said: str, tmp_path: Path) -> None:
    script = (
        "import django; django.setup(); from django.urls import reverse;"
        "from anymail.signals import tracking; assert tracking.receivers;"
        "print(reverse('anymail:postmark_tracking_webhook'))"
    )
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATA_DIR": str(tmp_path),
        "ANYMAIL_WEBHOOK_SECRET": secret,
    }
    process = subprocess.run(
        [sys.executable, "-c", script],
        cwd=site.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert said in process.stdout + process.stderr
