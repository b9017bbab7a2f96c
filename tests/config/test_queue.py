from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.mail import send_mail
from django.db import connection
from django.test import Client
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from config import worker
from tests.conftest import OUR_PAGE, PASSWORD


@pytest.fixture
def running(db: None) -> DBTaskResult[Any, Any]:
    """A task that a worker took a while ago and has not finished."""
    send_mail("A code", "Words.", None, ["ines@example.com"])
    result = DBTaskResult.objects.get()
    result.claim("worker")
    DBTaskResult.objects.update(started_at=timezone.now() - 2 * worker.LEASE)
    return result


def test_what_a_dead_worker_left_is_done_by_another(running: DBTaskResult[Any, Any]) -> None:
    worker.requeue_abandoned()
    assert DBTaskResult.objects.ready().get() == running


def test_what_a_living_worker_is_at_stays_with_it(running: DBTaskResult[Any, Any]) -> None:
    worker.renew("worker")
    worker.requeue_abandoned()
    assert DBTaskResult.objects.running().get() == running


def test_the_life_of_one_worker_says_nothing_about_another(running: DBTaskResult[Any, Any]) -> None:
    worker.renew("another worker")
    assert worker.requeue_abandoned() == 1


def test_a_task_that_is_done_is_forgotten_with_its_addresses(
    running: DBTaskResult[Any, Any],
) -> None:
    DBTaskResult.objects.update(status=TaskResultStatus.SUCCESSFUL, finished_at=timezone.now())
    worker.forget_finished()
    assert not DBTaskResult.objects.exists()


def test_a_task_that_failed_keeps_its_error_and_no_address(running: DBTaskResult[Any, Any]) -> None:
    DBTaskResult.objects.update(
        status=TaskResultStatus.FAILED,
        finished_at=timezone.now(),
        exception_class_path="builtins.OSError",
    )
    worker.forget_finished()
    failed = DBTaskResult.objects.get()
    assert failed.exception_class_path == "builtins.OSError"
    assert "ines@example.com" not in str(failed.args_kwargs)
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        worker.forget_finished()
    assert not DBTaskResult.objects.exists()


def test_a_task_that_waits_keeps_its_address(running: DBTaskResult[Any, Any]) -> None:
    worker.requeue_abandoned()
    worker.forget_finished()
    assert "ines@example.com" in str(DBTaskResult.objects.get().args_kwargs)


@pytest.fixture
def sessions(client: Client, reader: User) -> Client:
    """A browser in which somebody signed in."""
    client.post("/accounts/login/", {"login": reader.email, "password": PASSWORD}, **OUR_PAGE)
    assert UserSession.objects.filter(session_key=client.session.session_key).count() == 1
    return client


def test_a_session_that_is_over_goes_with_its_address(sessions: Client) -> None:
    worker.forget_sessions()
    assert Session.objects.count() == UserSession.objects.count() == 1
    with time_machine.travel(timezone.now() + timedelta(days=61)):
        worker.forget_sessions()
    assert Session.objects.count() == UserSession.objects.count() == 0


def test_signing_out_removes_the_address_at_once(sessions: Client) -> None:
    sessions.post("/accounts/logout/", **OUR_PAGE)
    assert not UserSession.objects.exists()


def test_counts_whose_time_is_over_are_forgotten(db: None) -> None:
    cache.set("over", 1, timeout=1)
    cache.set("counting", 1, timeout=600)
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        worker.forget_limits()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM limits")
        assert cursor.fetchone() == (1,)
