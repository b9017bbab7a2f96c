from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.core.mail import send_mail
from django.db import connection
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from config import queue


@pytest.fixture
def running(db: None) -> DBTaskResult[Any, Any]:
    """A task that a worker took a while ago and has not finished."""
    send_mail("A code", "Words.", None, ["ines@example.com"])
    result = DBTaskResult.objects.get()
    result.claim("worker")
    DBTaskResult.objects.update(started_at=timezone.now() - 2 * queue.LEASE)
    return result


def test_what_a_dead_worker_left_is_done_by_another(running: DBTaskResult[Any, Any]) -> None:
    queue.requeue_abandoned()
    assert DBTaskResult.objects.ready().get() == running


def test_what_a_living_worker_is_at_stays_with_it(running: DBTaskResult[Any, Any]) -> None:
    queue.renew("worker")
    queue.requeue_abandoned()
    assert DBTaskResult.objects.running().get() == running


def test_the_life_of_one_worker_says_nothing_about_another(running: DBTaskResult[Any, Any]) -> None:
    queue.renew("another worker")
    assert queue.requeue_abandoned() == 1


def test_finished_tasks_do_not_pile_up(running: DBTaskResult[Any, Any]) -> None:
    long_ago = timezone.now() - timedelta(days=2)
    DBTaskResult.objects.update(status=TaskResultStatus.SUCCESSFUL, finished_at=long_ago)
    queue.forget_finished()
    assert not DBTaskResult.objects.exists()


def test_counts_whose_time_is_over_are_forgotten(db: None) -> None:
    cache.set("over", 1, timeout=1)
    cache.set("counting", 1, timeout=600)
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        queue.forget_limits()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM limits")
        assert cursor.fetchone() == (1,)
