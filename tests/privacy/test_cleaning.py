"""Times of storage are as the privacy page says: the worker deletes what is over."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from time_machine import TimeMachineFixture

from accounts.models import Proof, User
from articles.models import Article
from config import worker
from forum.models import Draft, NetworkTrace
from mail.models import UndeliveredEmail
from privacy.cleaning import clean
from privacy.notes import notes
from tests.conftest import OUR_PAGE


@pytest.fixture
def leave_traces(
    browser: Client, article: Article, reader: User
) -> Callable[[], dict[type[Any], int]]:
    """Leaves a row in each table that is emptied after some time, and returns their numbers."""

    def traces() -> dict[type[Any], int]:
        body = {"body": "A draft.", "email": reader.email}
        Client().post("/articles/high-tide/comments/", body, **OUR_PAGE)
        browser.get("/accounts/")
        NetworkTrace.objects.record(reader, "digest")
        UndeliveredEmail.objects.create(
            message_id="<1@localhost>", recipient=reader.email, content={}, answer="no"
        )
        return {model: model._base_manager.count() for model in KEPT_FOR}

    return traces


KEPT_FOR = {
    Draft: timedelta(days=7),
    Proof: timedelta(days=8),
    UserSession: timedelta(days=60),
    Session: timedelta(days=60),
    NetworkTrace: timedelta(days=30),
    UndeliveredEmail: timedelta(days=30),
}


def clean_all() -> None:
    """Do what the worker does every few seconds."""
    clean()
    worker.forget_sessions()
    NetworkTrace.objects.delete_expired()
    UndeliveredEmail.objects.expire()


def test_what_is_over_is_deleted(
    leave_traces: Callable[[], dict[type[Any], int]], time_machine: TimeMachineFixture
) -> None:
    rows, passed = leave_traces(), timedelta()
    assert all(rows.values())
    for kept in sorted({*KEPT_FOR.values()}):
        models = [model for model, each in KEPT_FOR.items() if each == kept]
        time_machine.shift(kept - passed - timedelta(minutes=1))
        clean_all()
        assert [model for model in models if not model._base_manager.exists()] == []
        time_machine.shift(timedelta(minutes=3))
        clean_all()
        assert [model for model in models if model._base_manager.exists()] == []
        passed = kept + timedelta(minutes=2)


def test_the_page_says_the_same() -> None:
    said = {note.model: note.until for note in notes() if isinstance(note.until, timedelta)}
    assert {model: said.get(model) for model in KEPT_FOR} == KEPT_FOR
