"""Emails that are due at a time of day: the worker asks for them every few seconds."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from forum import tasks
from forum.notifications import due, followers, summary

EMAILS: list[tuple[Callable[[], bool], Any]] = [
    (due.has_due_emails, tasks.queue_due_emails),
    (followers.has_due_emails, tasks.queue_emails_to_followers),
    (summary.has_due_emails, tasks.queue_summaries),
]


def queue_due_tasks() -> None:
    """Queue a task for each kind of email that is due, if none waits or runs already.

    Two workers that ask at the same time queue two; the second one finds nothing to do.
    """
    due.give_up_hidden()
    followers.forget_unconfirmed()
    for has_due_emails, task in EMAILS:
        if has_due_emails() and not _is_queued(task.module_path):
            task.enqueue()


def _is_queued(path: str) -> bool:
    waits = Q(pk__in=DBTaskResult.objects.ready().values("pk"))
    runs = Q(status=TaskResultStatus.RUNNING)
    return DBTaskResult.objects.filter(waits | runs, task_path=path).exists()
