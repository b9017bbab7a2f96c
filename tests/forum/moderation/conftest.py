from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from forum.models import Comment, ModerationAction, Sanction, decisions
from tests.conftest import person


@pytest.fixture
def second_moderator(db: None) -> User:
    return person("Bram Oduya", is_staff=True, is_superuser=True)


@pytest.fixture
def removal(say: Callable[..., Comment], moderator: User) -> ModerationAction:
    """A comment of the reader, taken away by the moderator."""
    action = decisions.remove(say("You fool of a tide."), by=moderator, reason="unkind", note="the third this week")
    assert action
    return action


@pytest.fixture
def suspension(reader: User, moderator: User) -> ModerationAction:
    until = timezone.now() + timedelta(days=7)
    return Sanction(person=reader, kind="suspension", until=until, reason="unkind").impose(by=moderator)
