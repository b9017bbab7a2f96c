"""Invitations: an email with a link by which one address gets an account, and one role.

Each is a proof (accounts.proofs): bound to its address and role, spent once, for seven days.
Somebody who has an account gets the role alone.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.joining import join
from accounts.models import NAME_TAKEN, Proof, User
from accounts.proofs import RESTORE_LIFETIME, ProofQuerySet, Purpose
from accounts.rights import allows, demand_account
from accounts.tasks import send_invitation

LIFETIME = RESTORE_LIFETIME


class InvitedRole(models.TextChoices):
    READER = "reader", _("Reader")
    WRITER = "writer", _("Writer")
    EDITOR = "editor", _("Editor")
    MODERATOR = "moderator", _("Moderator")


GROUPS = {InvitedRole.WRITER: "Writers", InvitedRole.EDITOR: "Editors"}


@dataclass(frozen=True)
class Invitation:
    """The account and role that an open proof of this purpose leads to."""

    proof: Proof
    role: InvitedRole
    topic: int | None  # that a moderator moderates; None: the whole site
    by: int

    @classmethod
    def of(cls, proof: Proof) -> "Invitation":
        role, topic, by = proof.subject.split(":")
        return cls(proof, InvitedRole(role), int(topic) if topic else None, int(by))

    @property
    def ends_at(self) -> Any:
        return self.proof.created_at + LIFETIME


def open_invitations() -> list[Invitation]:
    proofs = _open().order_by("-created_at", "pk")
    return [Invitation.of(proof) for proof in proofs[:200]]


@transaction.atomic
def invite(*, by: User, email: str, role: str, topic: int | None = None) -> Invitation:
    """Email an invitation. An earlier one to this address ends. Raise NotAllowed."""
    demand_account("give_rights", by)
    subject = f"{InvitedRole(role)}:{topic or ''}:{by.pk}"
    Proof.objects.filter(purpose=Purpose.INVITATION, email=email).void()
    proof = Proof.objects.make(Purpose.INVITATION, email, person=None, subject=subject)
    send_invitation.enqueue(str(proof.pk), get_language() or "")
    return Invitation.of(proof)


@transaction.atomic
def send_again(pk: str, *, by: User) -> Invitation | None:
    """Email a new link for seven days; the one before ends."""
    proof = _open().filter(pk=pk).first()
    if proof is None:
        return None
    former = Invitation.of(proof)
    return invite(by=by, email=proof.email, role=former.role, topic=former.topic)


def withdraw_invitation(pk: str, *, by: User) -> bool:
    demand_account("give_rights", by)
    return _open().filter(pk=pk).void() == 1


def invitation_by_link(token: str) -> Invitation | None:
    """Return the invitation whose link this is, while who sent it may still give the role."""
    proof = Proof.objects.by_link(token, Purpose.INVITATION)
    if proof is None:
        return None
    invitation = Invitation.of(proof)
    sender = User.objects.filter(pk=invitation.by).first()
    return invitation if sender and allows("give_rights", sender) else None


@transaction.atomic
def accept(invitation: Invitation, *, username: str) -> tuple[User, bool]:
    """Spend the invitation; return the person, and whether their account is new.

    Raise ValidationError where it is spent, or the name is not allowed or taken. What the role
    means in packages above is theirs to give.
    """
    proof = invitation.proof
    if not proof.spend(person=None):
        raise ValidationError(_("This invitation has been used or withdrawn."), "ended")
    person = User.objects.with_email(proof.email)
    is_new = person is None
    if person is None:
        person = _join(proof.email, username)
    if not person.is_active:
        raise ValidationError(_("This account is deactivated."), "inactive")
    if group := GROUPS.get(invitation.role):
        person.groups.add(Group.objects.get(name=group))
        person.is_staff = True
        person.save(update_fields=["is_staff"])
    return person, is_new


def _join(email: str, username: str) -> User:
    try:
        with transaction.atomic():
            return join(email=email, username=username, is_invited=True)
    except IntegrityError as error:
        raise ValidationError(NAME_TAKEN, "taken") from error


def _open() -> ProofQuerySet:
    fresh = timezone.now() - LIFETIME
    invitations = Proof.objects.filter(purpose=Purpose.INVITATION, created_at__gt=fresh)
    return invitations.open()
