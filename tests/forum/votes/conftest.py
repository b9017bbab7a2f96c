from datetime import datetime

import pytest

from accounts.models import User
from forum.models import Comment
from tests.forum.votes.voting import LONG_AGO, People, Say


@pytest.fixture
def people(db: None) -> People:
    """Return so many people who have been here for long, or since `joined`."""

    def join(number: int, *, joined: datetime = LONG_AGO) -> list[User]:
        first = User.objects.count()
        names = [f"Reader {first + n}" for n in range(number)]
        return User.objects.bulk_create(
            User(
                email=f"{name[7:]}@example.com",
                username=name,
                username_skeleton=name,
                date_joined=joined,
            )
            for name in names
        )

    return join


@pytest.fixture
def comment(say: Say) -> Comment:
    return say("Tides lag because the moon moves on.")
