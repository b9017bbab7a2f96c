from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from accounts.models import User
from tests.conftest import person


def with_role(name: str, role: str) -> User:
    user = person(name, is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    return user


@pytest.fixture
def editor_user(db: None) -> User:
    return with_role("Edith Page", "Editors")


@pytest.fixture
def writer_user(db: None) -> User:
    return with_role("Willa Ames", "Writers")


@pytest.fixture
def editor(editor_user: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(editor_user)


@pytest.fixture
def writer(writer_user: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(writer_user)
