"""Forms of second factors: django-allauth's, with our fields, words and limits."""

import struct
from typing import Any

from allauth.core import context
from allauth.mfa.base import forms as base_forms
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts import limits
from accounts.counters import give_back
from accounts.proofs import digits_in
from text.fields import ShownTextField

NAME_MAX_LENGTH = 60
NO_PASSKEY = _("The passkey did not work. Try again, or use another way.")

NONSENSE = (
    AttributeError,
    InvalidSignature,
    LookupError,
    RecursionError,
    TypeError,
    UnsupportedAlgorithm,
    ValueError,
    struct.error,
)


def app_code_field(label: Any, help_text: Any = "") -> forms.CharField:
    attrs = {"inputmode": "numeric", "autocomplete": "one-time-code", "size": 9, "autofocus": True}
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=100,
        widget=forms.TextInput(attrs=attrs),
        error_messages={"required": _("Enter the code.")},
    )


def _name_field(**options: Any) -> ShownTextField:
    return ShownTextField(
        label=_("Name"),
        help_text=_("To tell it from your others, such as “Phone”."),
        max_length=NAME_MAX_LENGTH,
        error_messages={"required": _("Enter a name.")},
        **options,
    )


class _Counted:
    """Counts wrong codes where mailed ones are counted."""

    user: Any
    cleaned_data: dict[str, Any]

    def clean_code(self) -> str:
        use = limits.take_factor(context.request, self.user)
        self.cleaned_data["code"] = digits_in(self.cleaned_data["code"])
        try:
            code: str = super().clean_code()  # type: ignore[misc]  # of the form beside it
        except ValidationError:
            limits.note_wrong("code")
            raise
        give_back(use)
        return code


class FactorForm(_Counted, base_forms.AuthenticateForm):
    """Takes an app code or a recovery code, which is a fresh proof, too (accounts.fresh)."""

    code = app_code_field(_("Code from your app, or a recovery code"))

    def clean_code(self) -> str:
        code = super().clean_code()
        is_app_code = self.authenticator.type == Authenticator.Type.TOTP
        if is_app_code and not limits.use_app_code(self.user, code):
            raise ValidationError(_("This code has been used. Wait for the next one."), "used")
        return code

    def save(self) -> None:
        post_authentication(context.request, self.authenticator, reauthenticated=True)


class FactorAtSignInForm(FactorForm):
    trust = forms.BooleanField(label=_("Don’t ask in this browser for 30 days"), required=False)


class NewAppForm(_Counted, totp_forms.ActivateTOTPForm):
    code = app_code_field(_("Code from the app"))


class AnswerField(forms.JSONField):
    """Refuses an answer that is nested too deeply to be read."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except RecursionError as error:
            raise ValidationError(NO_PASSKEY, "incorrect_code") from error

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Show no answer again: none holds twice."""
        return initial


class _PasskeyAnswer(forms.Form):
    """Refuses an answer that is none: the library that reads it raises whatever its parts raise."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = AnswerField()

    def full_clean(self) -> None:
        try:
            super().full_clean()
        except NONSENSE:
            self.add_error("credential", ValidationError(NO_PASSKEY, "incorrect_code"))


class PasskeyForm(_PasskeyAnswer, webauthn_forms.AuthenticateWebAuthnForm):
    pass


class PasskeySignInForm(_PasskeyAnswer, webauthn_forms.LoginWebAuthnForm):
    pass


class FreshPasskeyForm(_PasskeyAnswer, webauthn_forms.ReauthenticateWebAuthnForm):
    pass


class NewPasskeyForm(_PasskeyAnswer, webauthn_forms.AddWebAuthnForm):
    name = _name_field(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        passwordless = self.fields["passwordless"]
        passwordless.initial = True
        passwordless.label = _("Sign in with it alone, without email and password")
        passwordless.help_text = ""


class PasskeyNameForm(webauthn_forms.EditWebAuthnForm):
    name = _name_field()
