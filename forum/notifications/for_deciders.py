"""Emails at once to the moderators who may decide: about an objection, or illegal content."""

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskContext, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from forum.flags.models.flag import Flag
from forum.moderation.models.objection import Objection
from forum.notifications import letters
from forum.notifications.envelope import addressee, queue_email


def queue_emails_about_objection(key: int, *, task: TaskContext) -> None:
    _queue("objection", _objection(key), task)


def queue_emails_about_report(key: int, *, task: TaskContext) -> None:
    _queue("report", _report(key), task)


@transaction.atomic
def _queue(what: str, case: Objection | Flag | None, task: TaskContext) -> None:
    if case:
        for moderator in case.deciders():
            keys = (case.pk, moderator.pk)
            composer, name = f"for_deciders.about_{what}", (what, *keys)
            queue_email(composer, *keys, to=moderator.email, name=name, priority=0)
    _finish(task)


def about_objection(key: int, moderator_key: int) -> EmailMessage | None:
    """Build the email, unless the objection is decided by now."""
    objection, moderator = _objection(key), addressee(moderator_key)
    return letters.objection_made(objection, moderator) if objection and moderator else None


def about_report(key: int, moderator_key: int) -> EmailMessage | None:
    """Build the email, unless the report is decided by now."""
    flag, moderator = _report(key), addressee(moderator_key)
    return letters.illegal_content_reported(flag, moderator) if flag and moderator else None


def _objection(key: int) -> Objection | None:
    waiting = Objection.objects.filter(pk=key, decided_at=None)
    return waiting.select_related("person", "action__comment__discussion__article").first()


def _report(key: int) -> Flag | None:
    waiting = Flag.objects.filter(pk=key, decided_at=None)
    return waiting.select_related("reason", "comment__discussion__article").first()


def _finish(task: TaskContext) -> None:
    """Record in the open transaction that the task is done: if the worker dies after the commit,
    the task is not run again.
    """
    DBTaskResult.objects.filter(pk=task.task_result.id).update(
        status=TaskResultStatus.SUCCESSFUL, finished_at=timezone.now()
    )
