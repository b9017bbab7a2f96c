"""One permission of the admin opens what it names, and nothing beyond."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from accounts.models import User
from forum.models import Case, Comment, Sanction
from tests.roles.who import Role, Roles

FORM = {"is_active": "on", "is_staff": "on", "is_superuser": "on"}


@pytest.mark.parametrize(
    "target", ["administrator", "staff for comments", "moderator of the site", "oneself"]
)
@pytest.mark.parametrize("way", ["change", "password", "delete", "delete_selected"])
def test_the_permission_for_people_takes_over_nobody_with_rights(
    target: str, way: str, roles: Roles, staff: Callable[..., Role]
) -> None:
    role = staff("accounts.change_user", "accounts.delete_user", "accounts.view_user")
    user = role.user if target == "oneself" else roles[target].user
    assert user
    before = (
        User.objects.filter(pk=user.pk)
        .values("email", "password", "is_superuser", "is_staff", "is_active")
        .get()
    )
    if way == "delete_selected":
        fields: dict[str, Any] = {"action": way, "_selected_action": [user.pk], "post": "yes"}
        role.client.post(reverse("admin:accounts_user_changelist"), fields)
    elif way == "password":
        new = {
            "password1": "seven grey herons wade",
            "password2": "seven grey herons wade",
            "usable_password": "true",
        }
        role.client.post(reverse("admin:auth_user_password_change", args=[user.pk]), new)
    else:
        groups = {"user_permissions": [Permission.objects.get(codename="change_comment").pk]}
        fields = {
            "username": user.username,
            "email": "taken@example.com",
            "post": "yes",
            **FORM,
            **groups,
        }
        role.client.post(reverse(f"admin:accounts_user_{way}", args=[user.pk]), fields)
    if target == "oneself":  # their own name, address and account are theirs; rights are not
        assert not User.objects.filter(pk=user.pk, is_superuser=True).exists()
        assert not User.objects.filter(
            pk=user.pk, user_permissions__codename="change_comment"
        ).exists()
    else:
        after = User.objects.filter(pk=user.pk).values(*before)
        assert after.first() == before


def test_the_permission_for_people_gives_no_rights_to_a_reader(
    roles: Roles, staff: Callable[..., Role]
) -> None:
    reader = roles["reader"].person
    assert reader
    role = staff("accounts.change_user", "accounts.view_user")
    fields = {"username": "Renamed Reader", "email": reader.email, **FORM}
    role.client.post(reverse("admin:accounts_user_change", args=[reader.pk]), fields)
    reader.refresh_from_db()
    assert (reader.username, reader.is_staff, reader.is_superuser) == (
        "Renamed Reader",
        False,
        False,
    )


@pytest.mark.parametrize(
    ("target", "is_imposed"),
    [("administrator", False), ("staff for comments", False), ("oneself", False), ("reader", True)],
)
def test_the_permission_for_sanctions_reaches_readers_alone(
    target: str, is_imposed: bool, roles: Roles, staff: Callable[..., Role]
) -> None:
    role = staff("forum.add_sanction", "forum.view_sanction")
    user = role.user if target == "oneself" else roles[target].user
    assert user
    fields = {"person": user.pk, "kind": "ban", "reason": "spam", "note": ""}
    role.client.post(reverse("admin:forum_sanction_add"), fields)
    assert Sanction.objects.filter(person=user).exists() is is_imposed


def test_nobody_lifts_their_own_sanction(roles: Roles, staff: Callable[..., Role]) -> None:
    role = staff("forum.add_sanction", "forum.view_sanction")
    for user in (role.person, roles["administrator"].person):
        sanction = Sanction.objects.create(person=user, kind="ban", until=None, reason="spam")
        role.client.post(
            reverse("admin:forum_sanction_changelist"),
            {"action": "lift", "_selected_action": [sanction.pk]},
        )
        assert not Sanction.objects.filter(person=user, lifted_at__isnull=False).exists()


@pytest.mark.parametrize("decision", ["remove", "approve"])
def test_bulk_decisions_leave_out_comments_of_whoever_decides(
    decision: str, roles: Roles, say: Callable[..., Comment]
) -> None:
    administrator = roles["administrator"]
    own, other = say("Mine.", by=administrator.user), say("Theirs.", by=roles["reader"].person)
    cases = [
        Case.objects.create(comment=comment, cause="flags", severity=1) for comment in (own, other)
    ]
    fields = {"decision": decision, "cases": [case.pk for case in cases], "reason": "spam"}
    administrator.client.post(reverse("several"), fields)
    assert [case.comment_id for case in Case.objects.waiting()] == [own.pk]
    assert Comment.objects.get(pk=own.pk).is_published
