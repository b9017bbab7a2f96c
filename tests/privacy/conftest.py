from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from time_machine import TimeMachineFixture

from accounts.models import User
from config.worker import forget_finished, forget_limits
from privacy.cleaning import clean
from privacy.models.deletion import GRACE
from tests.conftest import PASSWORD


@pytest.fixture
def sign_in() -> Callable[[Client, User], None]:
    """Signs in by password, which proves afresh who it is."""

    def sign_in(client: Client, person: User) -> None:
        client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
        client.post("/accounts/reauthenticate/", {"password": PASSWORD})

    return sign_in


@pytest.fixture
def browser(client: Client, reader: User, sign_in: Callable[[Client, User], None]) -> Client:
    """The browser of the reader, who has just proven who they are."""
    sign_in(client, reader)
    return client


@pytest.fixture
def a_week_later(
    time_machine: TimeMachineFixture, run_tasks: Callable[[], None]
) -> Callable[[], None]:
    """Does what the worker does once the time has come, until nothing is left to be done."""

    def pass_time() -> None:
        time_machine.shift(GRACE)
        for _ in range(3):  # begin, wait for the last email, erase
            forget_finished()
            forget_limits()
            clean()
            run_tasks()
            time_machine.shift(120)

    return pass_time


@pytest.fixture(autouse=True)
def now(time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(timezone.now())
