"""Giving an account back to the address it was taken from."""

from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db import transaction

from accounts.leaving import keep_account
from accounts.models import Proof, User
from accounts.proofs import Purpose
from accounts.second_factor import factors_of


@transaction.atomic
def restore(proof: Proof) -> User | None:
    """Give the account its former address again, without a password and
    without newer second factors, and end every session and open proof.

    Return None where the proof is spent, the account is switched off or another
    one has the address now. An older way back stays open: the first address is
    the owner's, those after it may be the thief's.
    """
    person = User.objects.select_for_update().filter(proofs=proof, is_active=True).first()
    if (
        person is None
        or _is_taken(proof.email, by_other_than=person)
        or not proof.spend(person=None)
    ):
        return None
    later = Proof.objects.filter(
        person=person, purpose=Purpose.RESTORE, created_at__gt=proof.created_at
    )
    later.void()
    # What was set up or connected since then is the thief's.
    factors_of(person).filter(created_at__gt=proof.created_at).delete()
    SocialAccount.objects.filter(user=person, date_joined__gt=proof.created_at).delete()
    person.email = proof.email
    person.set_unusable_password()
    person.save()
    person.emailaddress_set.all().delete()
    person.confirm_email()
    for session in UserSession.objects.filter(user=person):
        session.end()
    keep_account(person)
    return person


def _is_taken(email: str, *, by_other_than: User) -> bool:
    return User.objects.exclude(pk=by_other_than.pk).filter(email=email).exists()
