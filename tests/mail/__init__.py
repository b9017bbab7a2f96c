"""Emails, from their templates to the server that accepts them."""

import re
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

OPTIONS: dict[str, Any] = {
    "queue_names": ["*"],
    "excluded_queue_names": [],
    "interval": 0,
    "batch": True,
    "backend_name": "default",
    "startup_delay": False,
    "max_tasks": None,
    "worker_id": "test",
}

Outbox = Callable[[], list[EmailMessage]]


@pytest.fixture
def run_tasks(db: None) -> Callable[[], None]:
    """Does what the worker would do by now: every task that is due, and
    those that these make due.
    """
    worker = Worker(**OPTIONS)

    # Not the worker's own loop: it closes connections, and with them the transaction of the test.
    def run() -> None:
        while result := DBTaskResult.objects.ready().first():
            result.claim(worker.worker_id)
            worker.run_task(result)
            assert result.status == TaskResultStatus.SUCCESSFUL, result.traceback

    return run


@pytest.fixture
def outbox(run_tasks: Callable[[], None], settings: Settings, tmp_path: Path) -> Outbox:
    """`outbox()` is all the mail that has gone out by now, oldest first."""
    settings.OUTBOX_DIR = tmp_path / "outbox"

    def mails() -> list[EmailMessage]:
        run_tasks()
        files = sorted(settings.OUTBOX_DIR.glob("*.eml"))
        return [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]

    return mails


def text_of(mail: EmailMessage) -> str:
    return str(mail.get_body(("plain",)).get_content())


def code_in(mail: EmailMessage) -> str:
    code: str = re.findall(r"\b\d{6}\b", text_of(mail))[0]
    return code


def link_in(mail: EmailMessage, place: str) -> str:
    """The path of the link that leads to this place of the site."""
    path: str = re.findall(rf"https?://[^/\s]+({place}\S+)", text_of(mail))[0]
    return path
