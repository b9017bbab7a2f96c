from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User


@pytest.fixture
def crowd(db: None) -> Callable[[int], list[User]]:
    """Return a function that makes so many people who have been here for long."""

    def join(number: int) -> list[User]:
        first, joined = User.objects.count(), timezone.now() - timedelta(days=100)
        names = [f"Neighbour {first + n}" for n in range(number)]
        return User.objects.bulk_create(
            User(
                email=f"n{name[10:]}@example.com",
                username=name,
                username_skeleton=name,
                date_joined=joined,
            )
            for name in names
        )

    return join
