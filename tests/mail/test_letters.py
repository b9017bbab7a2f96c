"""Every email template renders to a complete email; new templates are found by themselves."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.mail import send_mail
from pytest_django import Settings

from mail.letters import as_text
from tests.mail import Outbox
from tests.mail.smtp import mail_server

TEMPLATES = Path(settings.BASE_DIR) / "templates"
SUBJECTS = sorted(str(file.relative_to(TEMPLATES)) for file in TEMPLATES.rglob("*_subject.txt"))
SITE_NAME = """Kane, Doe & Partners' <"R&D">"""


@pytest.mark.parametrize("template", SUBJECTS)
def test_a_subject_is_text_and_not_html(template: str) -> None:
    decided = "Removed & done with, it's over"
    subject = as_text(
        template,
        {
            "site_name": SITE_NAME,
            "code": "123456",
            "action": {"decided": decided},
            "number": 2,
            "summary": {"number": 2, "shown": "2"},
        },
    )
    source = (TEMPLATES / template).read_text()
    assert "&amp;" not in subject
    assert "&#" not in subject
    assert "{{ site_name }}" not in source or SITE_NAME in subject
    assert "{{ decided }}" not in source or decided in subject


def test_every_email_says_that_nobody_need_answer_it(outbox: Outbox) -> None:
    send_mail("A code", "Words.", None, ["ines@example.com"])
    [email] = outbox()
    assert email["Auto-Submitted"] == "auto-generated"


NAMES = [
    "Parley",
    "Kane, Doe & Partners",
    'The "Harbour" Journal',
    "Jo's place",
    r"back\slash",
    "a@b.example",
    "<b>bold</b>",
    "Zeitung: Küste; Meer, Wind",
    "海の新聞、港",
    "شاطئ",
    "🦊 (fox)",
    "long " * 20,
    "Küste, " * 5,
    ".",
]


@pytest.mark.parametrize("name", NAMES)
def test_the_sender_is_one_mailbox_whatever_the_site_is_called(
    name: str, run_tasks: Callable[[], None], settings: Settings
) -> None:
    from config.email_settings import mailbox

    settings.DEFAULT_FROM_EMAIL = mailbox(name.strip(), "noreply@example.org")
    with mail_server() as server:
        send_mail("A code", "Words.", None, ["ines@example.com"])
        run_tasks()
    [email] = server.accepted
    [sender] = email["From"].addresses
    assert (sender.display_name, sender.addr_spec) == (name.strip(), "noreply@example.org")
    assert server.senders == ["noreply@example.org"]
