from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from forum.models import Case, Comment, Flag, FlagReason, ModerationAction, Sanction
from forum.moderation import decisions
from forum.moderation.sanctions import impose
from forum.posting import visibility
from tests.conftest import person


@pytest.fixture
def second_moderator(db: None) -> User:
    return person("Bram Oduya", is_staff=True, is_superuser=True)


@pytest.fixture
def removal(say: Callable[..., Comment], moderator: User) -> ModerationAction:
    """A comment of the reader, taken away by the moderator."""
    action = decisions.remove(
        say("You fool of a tide."), by=moderator, reason="unkind", note="the third this week"
    )
    assert action
    return action


@pytest.fixture
def suspension(reader: User, moderator: User) -> ModerationAction:
    until = timezone.now() + timedelta(days=7)
    return impose(
        Sanction(person=reader, kind="suspension", until=until, reason="unkind"), by=moderator
    )


@pytest.fixture
def desk(moderator: User, client_of: Callable[[User], Client]) -> Client:
    """The browser of somebody who moderates the whole site."""
    return client_of(moderator)


@pytest.fixture
def other_moderator(db: None) -> User:
    return person("Edda Lund", is_staff=True, is_superuser=True)


@pytest.fixture
def waits(say: Callable[..., Comment]) -> Callable[..., Case]:
    """A comment that waits: `waits("words", severity=70, held=True)`."""

    def open_case(
        body: str,
        *,
        by: User | None = None,
        parent: Comment | None = None,
        held: bool = False,
        **why: Any,
    ) -> Case:
        comment = say(body, by=by, parent=parent)
        with transaction.atomic():
            comment.lock()
            case = Case.objects.open(comment, **{"cause": "flags", "severity": 50, **why})
            if held:
                visibility.hold(comment, by=None)
        return case

    return open_case


@pytest.fixture
def report(db: None) -> Callable[..., Flag]:
    """A reader's report: `report(comment, by=somebody, name="Spam", reason="spam")`."""

    def flag(
        comment: Comment,
        *,
        by: User | None,
        name: str = "Spam",
        reason: str = "spam",
        note: str = "",
    ) -> Flag:
        listed, _ = FlagReason.objects.get_or_create(name=name, defaults={"reason": reason})
        return Flag.objects.create(comment=comment, person=by, reason=listed, note=note, weight=100)

    return flag
