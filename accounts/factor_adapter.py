"""Answers to what django-allauth asks about second factors."""

from base64 import urlsafe_b64encode
from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.second_factor import is_their_last, must_have_factor
from publication.current import current


class FactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("That code isn’t right. Check it and try again."),
        "unverified_email": _("Confirm your email address first."),
        "cannot_delete_authenticator": _(
            "Your role needs a second step to sign in. Set up another one before you remove this."
        ),
        "cannot_generate_recovery_codes": _("Set up an app or a passkey first."),
    }

    def encrypt(self, text: str) -> str:
        """Seal the text with the key of the server: the database alone opens nothing."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return _box().decrypt(encrypted_text.encode()).decode()
        except InvalidToken as error:
            message = gettext(
                "The key of this site has changed since you set this up, so codes no longer work. "
                "Use a passkey, or contact us."
            )
            raise ValidationError(message, "key_changed") from error

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        person = authenticator.user
        return not (is_their_last(authenticator) and must_have_factor(person))

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        taken = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return (
            gettext("Passkey %(number)d") % {"number": taken + 1} if taken else gettext("Passkey")
        )

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Name the site by its setting, never by what a request says its host is."""
        return {"id": settings.SITE_HOST, "name": current().name}

    def _get_site_name(self) -> str:
        return current().name


def _box() -> Fernet:
    key = salted_hmac("accounts.factors", "secrets", algorithm="sha256").digest()
    return Fernet(urlsafe_b64encode(key))
