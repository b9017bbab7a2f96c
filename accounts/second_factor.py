"""Second factors: who has one, who must have one, and what ends with the last one.

An app code or a passkey is a second factor. Recovery codes
stand in for it and are nothing by themselves.
"""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import HttpRequest

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def factors_of(person: Any) -> Any:
    """Return the second factors of somebody."""
    return Authenticator.objects.filter(user_id=person.pk, type__in=FACTORS)


def has_factor(person: Any) -> bool:
    return person.pk is not None and factors_of(person).exists()


def must_have_factor(person: Any) -> bool:
    """Return whether the publisher asks this person for a second factor: they have rights."""
    people = get_user_model().objects.get_queryset()
    return settings.SECOND_FACTOR_REQUIRED and (people.with_rights().filter(pk=person.pk).exists())


def lacks_factor(person: Any) -> bool:
    """Return whether this person must have a second factor, and has none."""
    return must_have_factor(person) and not has_factor(person)


def is_their_last(factor: Authenticator) -> bool:
    return not factors_of(factor.user).exclude(pk=factor.pk).exists()


def factor_added(instance: Authenticator, created: bool, **_: Any) -> None:
    """End every other session with the first factor: none of them was asked for it."""
    if created and instance.type in FACTORS and is_their_last(instance):
        _end_other_sessions(instance.user_id)


@transaction.atomic
def factor_removed(instance: Authenticator, origin: Any, **_: Any) -> None:
    """Forget, with the last factor, what was good enough only beside it: a short password."""
    is_with_its_person = Authenticator not in {type(origin), getattr(origin, "model", None)}
    if is_with_its_person or instance.type not in FACTORS:
        return
    # The lock makes the second of two removals at once see that the first one is gone.
    person = get_user_model().objects.select_for_update().get(pk=instance.user_id)
    if has_factor(person):
        return
    Authenticator.objects.filter(user=person).delete()  # recovery codes
    if person.password_is_short and person.has_usable_password():
        person.set_unusable_password()
        person.save(update_fields=["password"])


def factor_used(request: HttpRequest, user: Any, authenticator: Authenticator, **_: Any) -> None:
    """Tell the owner of a used recovery code: somebody may have found the paper."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        get_adapter(request).send_notification_mail("account/email/recovery_code_used", user)


def _end_other_sessions(person: int) -> None:
    here = context.request and context.request.session.session_key
    for session in UserSession.objects.filter(user=person).exclude(session_key=here or ""):
        session.end()
