"""Fixtures: one person of each role, and staff with single permissions."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.roles import WHOLE_SITE
from articles.models import Topic
from forum.models import (
    Moderator,
    Sanction,
)
from tests.conftest import person
from tests.roles.who import DAY, Role, Roles, grant


@pytest.fixture
def roles(topic: Topic, client_of: Callable[[User], Client]) -> Roles:
    def role(name: str, *, permissions: tuple[str, ...] = (), **facts: Any) -> Role:
        is_administrator = facts.get("is_administrator", False)
        is_staff = bool(permissions) or is_administrator
        user = person(name, is_staff=is_staff, is_superuser=is_administrator)
        grant(user, *permissions)
        return Role(client_of(user), user, facts | {"permissions": permissions})

    other = Topic.objects.create(name="Wind", slug="wind")
    made = {
        "anonymous": Role(),
        "reader": role("Reader One"),
        "moderator of the topic": role("Topic Keeper", topics=frozenset({topic.pk})),
        "moderator of another topic": role("Wind Keeper", topics=frozenset({other.pk})),
        "moderator of the site": role("Site Keeper", topics=WHOLE_SITE),
        "suspended moderator": role("Late Keeper", topics=WHOLE_SITE, is_sanctioned=True),
        "editor": role(
            "Edith Page", permissions=("articles.change_article", "articles.delete_article")
        ),
        "staff for sanctions": role("Sancho Paz", permissions=("forum.add_sanction",)),
        "staff for discussions": role("Dora Weir", permissions=("forum.change_discussion",)),
        "staff for comments": role(
            "Connie Lee", permissions=("forum.change_comment",), topics=WHOLE_SITE
        ),
        "administrator": role("Chief One", is_administrator=True, topics=WHOLE_SITE),
    }
    for each in made.values():
        topics = each.facts.get("topics", frozenset())
        if each.user and not each.user.is_staff:
            rows = [None] if topics is WHOLE_SITE else topics
            Moderator.objects.bulk_create(Moderator(person=each.user, topic_id=key) for key in rows)
    until = timezone.now() + DAY
    Sanction.objects.create(
        person=made["suspended moderator"].person, kind="suspension", until=until, reason="unkind"
    )
    return made


@pytest.fixture
def staff(roles: Roles, client_of: Callable[[User], Client]) -> Callable[..., Role]:
    def with_permissions(*permissions: str) -> Role:
        user = person("Sven Staff", is_staff=True)
        grant(user, *permissions)
        return Role(client_of(user), user)

    return with_permissions
