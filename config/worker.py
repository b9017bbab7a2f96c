"""Maintenance of the task queue: requeue the tasks of dead workers, delete old results."""

import logging
import threading
from datetime import timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import close_old_connections, connection
from django.db.models import Q
from django.db.utils import OperationalError
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from accounts import counters
from accounts.models import FormerName
from config.models import PolicyViolation
from desk.models import KeptForm
from forum.notifications import periodic
from forum.notifications.models.notification import Notification
from forum.people.models.network_trace import NetworkTrace
from mail.models import Suppression, UndeliveredEmail
from privacy import cleaning
from search import known_words

log = logging.getLogger(__name__)

# A worker that has not been heard of for this long is dead.
LEASE = timedelta(seconds=60)
HEARTBEAT = LEASE / 4
FAILED_RETENTION = timedelta(days=30)
NO_ARGUMENTS: dict[str, Any] = {"args": [], "kwargs": {}}
BATCH = 1000  # sessions, each time


class QueueMaintenance(threading.Thread):
    """A thread beside the worker that maintains the queue and deletes what has expired."""

    def __init__(self, worker_id: str) -> None:
        super().__init__(daemon=True)
        self.worker_id = worker_id
        self.stopped = threading.Event()

    def run(self) -> None:
        while not self.stopped.wait(HEARTBEAT.total_seconds()):
            try:
                renew(self.worker_id)
                requeue_abandoned()
                forget_finished()
                forget_sessions()
                forget_limits()
                counters.forget()
                FormerName.objects.expire()
                NetworkTrace.objects.delete_expired()
                Notification.objects.expire()
                UndeliveredEmail.objects.expire()
                Suppression.objects.expire()
                PolicyViolation.objects.expire()
                KeptForm.objects.expire()
                cleaning.clean()
                known_words.learn()
                known_words.check()
                periodic.queue_due_tasks()
            except OperationalError as error:
                log.warning("The task queue could not be looked after: %s", type(error).__name__)
            close_old_connections()


def renew(worker_id: str) -> None:
    """Renew the lease of this worker's task."""
    mine = [
        result.pk
        for result in DBTaskResult.objects.running()
        if result.worker_ids[-1:] == [worker_id]
    ]
    DBTaskResult.objects.running().filter(pk__in=mine).update(started_at=timezone.now())


def requeue_abandoned() -> int:
    """Put the tasks of dead workers back into the queue."""
    now = timezone.now()
    # A heartbeat in the future is from before a clock was set back.
    alive = Q(started_at__range=(now - LEASE, now + LEASE))
    abandoned = DBTaskResult.objects.running().exclude(alive)
    return abandoned.update(status=TaskResultStatus.READY, started_at=None)


def forget_finished() -> None:
    """Delete successful tasks; delete the arguments of failed ones, which may hold codes."""
    finished = DBTaskResult.objects.finished()
    finished.filter(status=TaskResultStatus.SUCCESSFUL).delete()
    failed = finished.filter(status=TaskResultStatus.FAILED)
    failed.filter(finished_at__lt=timezone.now() - FAILED_RETENTION).delete()
    failed.exclude(args_kwargs=NO_ARGUMENTS).update(args_kwargs=NO_ARGUMENTS)


def forget_sessions() -> None:
    """Delete expired sessions, with the network addresses and browsers noted for them."""
    over = Session.objects.filter(expire_date__lt=timezone.now()).order_by("expire_date")
    keys = list(over.values_list("pk", flat=True)[:BATCH])
    UserSession.objects.filter(session_key__in=keys).delete()
    Session.objects.filter(pk__in=keys).delete()


def forget_limits() -> None:
    """Delete expired counts of limits; the cache would keep them until its table is full."""
    now = connection.ops.adapt_datetimefield_value(timezone.now().replace(microsecond=0))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM limits WHERE expires < %s", [now])
