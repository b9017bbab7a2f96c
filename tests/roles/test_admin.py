"""The admin opens as the table of roles says. A model, action or
address without a row here fails.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.db import models
from django.test import Client, RequestFactory
from django.urls import get_resolver, reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import Recovery, User
from articles.models import Article, Topic
from config.models import PolicyViolation
from forum.models import (
    Comment,
    Discussion,
    Flag,
    FlagReason,
    ModerationAction,
    Moderator,
    Policy,
    Rule,
    Sanction,
)
from mail.models import Suppression, UndeliveredEmail
from tests.conftest import person
from tests.roles.who import DAY, Role, Roles, Undone, grant
from tests.test_routes import names

PERMITTED, ADMINISTRATORS, NOBODY = "with the permission", "administrators", "nobody"
ADMIN = {
    "accounts.user": dict.fromkeys(
        ["add", "change", "delete", "delete_selected", "remove_picture", "remove_about"], PERMITTED
    ),
    "accounts.recovery": {
        **dict.fromkeys(["add", "withdraw"], ADMINISTRATORS),
        **dict.fromkeys(["change", "delete", "delete_selected"], NOBODY),
    },
    "auth.group": dict.fromkeys(["add", "change", "delete", "delete_selected"], ADMINISTRATORS),
    "articles.topic": dict.fromkeys(
        ["add", "change", "delete", "delete_selected", "list"], PERMITTED
    ),
    "articles.article": dict.fromkeys(["add", "change", "delete", "delete_selected"], PERMITTED),
    "forum.comment": dict.fromkeys(
        ["add", "change", "delete", "delete_selected", "CommentLogInline"], NOBODY
    ),
    "forum.discussion": dict.fromkeys(
        ["add", "change", "delete", "delete_selected", "DiscussionLogInline"], NOBODY
    ),
    "forum.flagreason": dict.fromkeys(["add", "change", "delete", "list"], PERMITTED)
    | {"delete_selected": NOBODY},
    "forum.flag": dict.fromkeys(["add", "change", "delete", "delete_selected"], NOBODY),
    "forum.moderationaction": dict.fromkeys(["add", "change", "delete", "delete_selected"], NOBODY),
    "forum.sanction": {
        **dict.fromkeys(["add", "lift"], PERMITTED),
        **dict.fromkeys(["change", "delete", "delete_selected"], NOBODY),
    },
    "forum.moderator": dict.fromkeys(
        ["add", "change", "delete", "delete_selected"], ADMINISTRATORS
    ),
    "forum.rule": dict.fromkeys(["add", "change", "delete", "delete_selected", "list"], PERMITTED),
    "forum.policy": dict.fromkeys(["add", "change", "delete", "delete_selected"], PERMITTED),
    "mail.undeliveredemail": {
        **dict.fromkeys(["change", "delete", "delete_selected", "send_again"], ADMINISTRATORS),
        "add": NOBODY,
    },
    "mail.suppression": {
        **dict.fromkeys(["add", "delete", "delete_selected"], ADMINISTRATORS),
        "change": NOBODY,
    },
    "config.policyviolation": {
        **dict.fromkeys(["delete", "delete_selected"], ADMINISTRATORS),
        **dict.fromkeys(["add", "change"], NOBODY),
    },
    "django_tasks_database.dbtaskresult": dict.fromkeys(
        ["add", "change", "delete", "delete_selected"], NOBODY
    ),
}
# Addresses of the admin beside the usual ones, and what they ask.
ADMIN_PAGES = {
    *(
        "index",
        "login",
        "logout",
        "password_change",
        "password_change_done",
        "autocomplete",
        "jsi18n",
        "app_list",
    ),
    *(
        "articles_article_remove_sample",
        "view_on_site",
        "auth_user_password_change",
        "forum_rule_try",
    ),
}
STANDARD = {"add", "change", "delete"}
# The permission that each way takes.
VERB = {"delete_selected": "delete", "lift": "add"}


def ways_of(model_admin: Any) -> set[str]:
    actions = {name if isinstance(name, str) else name.__name__ for name in model_admin.actions}
    inlines = {inline.__name__ for inline in model_admin.inlines}
    return (
        STANDARD
        | actions
        | inlines
        | {"delete_selected"}
        | ({"list"} if model_admin.list_editable else set())
    )


def test_every_way_through_the_admin_has_a_row() -> None:
    registry = {
        model._meta.label_lower: ways_of(each) for model, each in admin.site._registry.items()
    }
    assert registry == {label: {*ways} for label, ways in ADMIN.items()}


def test_every_address_of_the_admin_is_known() -> None:
    usual = {
        f"{label.replace('.', '_')}_{way}"
        for label in ADMIN
        for way in [*STANDARD, "changelist", "history"]
    }
    patterns = get_resolver("config.urls").url_patterns
    site = next(each for each in patterns if getattr(each, "app_name", None) == "admin")
    found = {name for name in names(site.url_patterns) if name != "None"}
    assert found - usual == ADMIN_PAGES


@pytest.fixture
def rows(roles: Roles, article: Article, say: Callable[..., Comment]) -> dict[str, models.Model]:
    """One row of each model, about nobody with rights."""
    reader = roles["reader"].person
    comment = say("Words.", by=reader)
    reason = FlagReason.objects.create(name="Spam", reason="spam")
    made: list[models.Model] = [
        reader,
        Group.objects.create(name="Proofreaders"),
        Topic.objects.create(name="Empty", slug="empty"),
        Article.objects.create(title="Draft", slug="draft"),
        comment,
        Discussion.objects.get(),
        reason,
        Flag.objects.create(
            comment=comment, person=None, reason=FlagReason.objects.create(name="Other"), weight=1
        ),
        ModerationAction.record("hold", by=None, comment=comment),
        Sanction.objects.create(
            person=reader, kind="silence", until=timezone.now() + DAY, reason="unkind"
        ),
        Moderator.objects.create(person=roles["administrator"].person),
        Rule.objects.create(name="Links", check_kind="links", number=1, explanation="No links."),
        Policy.objects.create(mode="after"),
        UndeliveredEmail.objects.create(
            message_id="<1@example.org>", recipient="ines@example.com", content={}
        ),
        Suppression.objects.create(email="ines@example.com", cause="refused"),
        PolicyViolation.objects.create(
            day=timezone.now().date(), directive="img-src", origin="inline"
        ),
        Recovery.objects.create(person=reader, removes_factors=True, reason="Met them."),
        DBTaskResult.objects.create(
            task_path="forum.tasks.learn_from_decisions", args_kwargs={}, backend_name="default"
        ),
    ]
    return {row._meta.label_lower: row for row in made}


@pytest.mark.parametrize("name", ["anonymous", "reader", "moderator of the site"])
def test_the_admin_is_closed_to_all_others(name: str, roles: Roles) -> None:
    for page in ("index", "forum_comment_changelist", "forum_rule_add"):
        assert roles[name].client.post(reverse(f"admin:{page}")).status_code == 302


def test_the_admin_opens_as_its_rows_say(
    roles: Roles, rows: dict[str, models.Model], client_of: Callable[[User], Client]
) -> None:
    wrong = []
    asked = [(label, way, rule) for label, ways in ADMIN.items() for way, rule in ways.items()]
    for label, way, rule in asked:
        with Undone():
            permitted = with_permission(rows[label], way)
            tries = {
                "administrator": (roles["administrator"], rule != NOBODY),
                PERMITTED: (Role(client_of(permitted), permitted), rule == PERMITTED),
            }
            for name, (role, expected) in tries.items():
                with Undone():
                    if is_open(rows[label], way, role) is not expected:
                        said = "refused" if expected else "open"
                        wrong.append(f"{way} of {label} by {name}: {said}")
    assert wrong == []


def with_permission(row: models.Model, way: str) -> User:
    permitted = person("Sven Staff", is_staff=True)
    grant(permitted, permission_for(row, way))
    if row._meta.model is User:  # Django asks for this one as well before somebody is added
        permitted.user_permissions.add(Permission.objects.get(codename="change_user"))
    return permitted


def permission_for(row: models.Model, way: str) -> str:
    verb = VERB.get(way, way if way in STANDARD else "change")
    if way.endswith("Inline"):
        inline = next(
            each for each in admin.site.get_model_admin(type(row)).inlines if each.__name__ == way
        )
        return f"{inline.model._meta.app_label}.change_{inline.model._meta.model_name}"
    return f"{row._meta.app_label}.{verb}_{row._meta.model_name}"


def is_open(row: models.Model, way: str, role: Role) -> bool:
    """Try it: by a request where the admin refuses with a
    page, by its own question where it hides a button.
    """
    base = f"admin:{row._meta.app_label}_{row._meta.model_name}"
    if way in STANDARD:
        address = reverse(f"{base}_{way}", args=[] if way == "add" else [row.pk])
        return bool(role.client.post(address, {}).status_code != 403)
    if way == "list":
        forms = {"_save": "1", "form-TOTAL_FORMS": "0", "form-INITIAL_FORMS": "0"}
        return bool(role.client.post(reverse(f"{base}_changelist"), forms).status_code != 403)
    request = RequestFactory().get("/")
    request.user = User.objects.get(pk=role.user.pk)
    model_admin = admin.site.get_model_admin(type(row))
    if way.endswith("Inline"):
        inlines = model_admin.get_inline_instances(request, row)
        return any(
            type(each).__name__ == way and each.has_change_permission(request, row)
            for each in inlines
        )
    return way in model_admin.get_actions(request)
