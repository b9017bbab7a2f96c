"""Roles that try to do something, for the tests of the table of roles (accounts/roles.py)."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Permission
from django.db import transaction
from django.test import Client

from accounts.models import User
from accounts.roles import Actor

DAY = timedelta(days=1)


@dataclass
class Role:
    """A person who tries, with the facts that the table of roles is asked about."""

    client: Client = field(default_factory=Client)
    user: User | None = None
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def person(self) -> User:
        assert self.user
        return self.user

    @property
    def actor(self) -> Actor:
        return Actor(self.user.pk, **self.facts) if self.user else Actor()


Roles = dict[str, Role]


def grant(user: User, *permissions: str) -> None:
    codenames = [permission.split(".")[1] for permission in permissions]
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))


class Undone:
    """Rolls back what happens inside, so that one set-up serves all."""

    def __enter__(self) -> None:
        self.atomic = transaction.atomic()
        self.atomic.__enter__()

    def __exit__(self, *error: Any) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(*error)
