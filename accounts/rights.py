"""Rights over people and accounts of this site, by the table of roles (accounts.roles)."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from accounts.roles import Actor, Refused, Subject, refusal

if TYPE_CHECKING:
    from accounts.models import User

MESSAGES = {
    Refused.SIGNED_OUT: _("Sign in first."),
    Refused.SANCTIONED: _("You cannot moderate while you are silenced, suspended or banned."),
    Refused.ABOUT_ONESELF: _(
        "You cannot moderate yourself or your own comments. Ask another moderator."
    ),
    Refused.ABOUT_SOMEBODY_WITH_RIGHTS: _(
        "Only an administrator can do this to moderators, editors and other staff."
    ),
    Refused.NOT_THEIRS: _("You do not have permission to do this."),
}


class NotAllowed(PermissionDenied):
    """Refused by the table of roles; its message says why."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(MESSAGES[refused])
        self.refused = refused


class Permissions:
    """The permissions of somebody, looked up only when the table asks for one."""

    def __init__(self, user: Any) -> None:
        self.user = user

    def __contains__(self, permission: object) -> bool:
        return bool(permission) and bool(self.user.has_perm(permission))


def actor(user: Any, **moderates: Any) -> Actor:
    """Return the facts about somebody; `moderates` comes from forum.people.scope."""
    if not user.is_authenticated:
        return Actor()
    return Actor(user.pk, user.is_administrator, permissions=Permissions(user), **moderates)


def demand(act: str, who: Actor, subject: Subject) -> None:
    """Raise NotAllowed unless the table allows it."""
    if refused := refusal(act, who, subject):
        raise NotAllowed(refused)


def allows(act: str, by: Any, person: "User | None" = None) -> bool:
    """Return whether the table allows somebody to do this to an account, or to the site."""
    return refusal(act, actor(by), account(person)) is None


def demand_account(act: str, by: Any, person: "User | None" = None) -> None:
    """Raise NotAllowed unless the table allows somebody to do this to
    an account, or to the site.
    """
    demand(act, actor(by), account(person))


def account(person: "User | None") -> Subject:
    """Return the facts about an account as it is in the database,
    whatever a form has put into it.
    """
    if person is None or person.pk is None:
        return Subject()
    people = type(person).objects.get_queryset()
    return Subject(person.pk, has_rights=people.with_rights().filter(pk=person.pk).exists())
