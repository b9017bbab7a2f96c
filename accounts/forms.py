from typing import Any

from allauth.account import forms as allauth_forms
from allauth.core import context
from django import forms
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts.after_sign_in import Wanted
from accounts.challenges import check_code
from accounts.models import NAME_TAKEN, Proof, User
from accounts.names import NAME_MAX_LENGTH, clean_name
from accounts.password_validation import password_hint
from accounts.proofs import Purpose
from accounts.signup_rules import demand_domain
from accounts.terms import ask_for_terms
from text.email_addresses import NotAnAddress, canonical_address

# Long enough for any sentence; hashing more would be work for nothing.
PASSWORD_MAX_LENGTH = 500


class AddressField(forms.EmailField):
    """One spelling for one address, however it is typed."""

    default_validators = []  # canonical_address checks more, and says what is wrong

    def to_python(self, value: Any) -> str:
        text = str(super().to_python(value))
        try:
            return canonical_address(text) if text else text
        except NotAnAddress as refused:
            raise ValidationError(refused.message, "invalid") from refused


def email_field(autocomplete: str = "email", label: Any = None) -> forms.EmailField:
    widget = forms.EmailInput(attrs={"autocomplete": autocomplete})
    errors = {"required": _("Enter your email address.")}
    return AddressField(label=label or _("Email"), widget=widget, error_messages=errors)


def password_field(label: Any, autocomplete: str, **options: Any) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    validators = [MaxLengthValidator(PASSWORD_MAX_LENGTH)]
    errors = {"required": _("Enter the password.")}
    return forms.CharField(
        label=label,
        strip=False,
        widget=widget,
        validators=validators,
        error_messages=errors,
        **options,
    )


def code_field() -> forms.CharField:
    attrs = {"inputmode": "numeric", "autocomplete": "one-time-code", "size": 9, "autofocus": True}
    errors = {"required": _("Enter the code from the email.")}
    return forms.CharField(
        label=_("Code"), max_length=100, widget=forms.TextInput(attrs=attrs), error_messages=errors
    )


class EmailForm(forms.Form):
    email = email_field()


class SignupForm(EmailForm):
    username = forms.CharField(
        label=_("Display name"),
        help_text=_("Shown with your comments. It can have spaces."),
        error_messages={"required": _("Enter a display name.")},
        max_length=4 * NAME_MAX_LENGTH,  # the name's own rule says it in words
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    password1 = password_field(
        _("Password (optional)"),
        "new-password",
        required=False,
        help_text=_("You can also sign in with a code by email. 15 characters or more."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ask_for_terms(self)

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"])
        demand_domain(email)
        return email

    def clean_username(self) -> str:
        name = clean_name(self.cleaned_data["username"])
        if User.objects.has_name_like(name):
            raise ValidationError(NAME_TAKEN, "taken")
        return name

    def clean_password1(self) -> str:
        password = str(self.cleaned_data["password1"])
        if password:
            person = User(
                email=self.cleaned_data.get("email", ""),
                username=self.cleaned_data.get("username", ""),
            )
            validate_password(password, person)
        return password

    @property
    def password_hash(self) -> str:
        password = self.cleaned_data["password1"]
        return make_password(password) if password else ""


class CodeForm(forms.Form):
    code = code_field()


class EmailCodeForm(allauth_forms.ConfirmEmailVerificationCodeForm):
    """allauth's, with our proofs: it is handed the secret of one, and the digits are typed."""

    code = code_field()

    def clean_code(self) -> str:
        proof = Proof.objects.filter(
            secret=self.expected_code, purpose=Purpose.EMAIL, email=self.email, person=self.user
        ).first()
        if proof is None:
            raise ValidationError(_("This code no longer works. Send a new code."), "ended")
        check_code(context.request, proof, self.cleaned_data["code"])
        taken = User.objects.with_email(self.email)
        if taken and taken != self.user:
            raise ValidationError(
                _("Another account uses this address. Enter a different one."), "taken"
            )
        if not proof.spend(person=proof.person):
            raise ValidationError(_("This code no longer works. Send a new code."), "ended")
        return str(self.cleaned_data["code"])


class LoginForm(allauth_forms.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = email_field("username")
        self.fields["password"] = password_field(_("Password"), "current-password")

    def login(
        self, request: HttpRequest, redirect_url: str | None = None, wanted: Wanted | None = None
    ) -> HttpResponse:
        if wanted is not None:
            fields = wanted.for_login()
            redirect_url = fields["redirect_url"]
            self._login.signal_kwargs = fields["signal_kwargs"]
        response: HttpResponse = super().login(request, redirect_url)
        return response


class NewPasswordForm(forms.Form):
    password1 = password_field(_("New password"), "new-password")

    def __init__(self, person: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["password1"].help_text = password_hint(person)

    def clean_password1(self) -> str:
        password = str(self.cleaned_data["password1"])
        validate_password(password, self.person)
        return password


class SetPasswordForm(allauth_forms.SetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_once(self)


class ChangePasswordForm(allauth_forms.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_once(self)
        self.fields["oldpassword"] = password_field(_("Current password"), "current-password")


class ReauthenticateForm(allauth_forms.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"] = password_field(_("Password"), "current-password")


class ChangeEmailForm(allauth_forms.AddEmailForm):
    email = email_field(label=_("New address"))  # type: ignore[assignment]


def _ask_once(form: Any) -> None:
    """A field that can be shown needs no repetition."""
    del form.fields["password2"]
    field = form.fields["password1"]
    field.label, field.help_text = _("New password"), password_hint(form.user)
    field.validators.append(MaxLengthValidator(PASSWORD_MAX_LENGTH))
    field.widget.attrs.pop("placeholder", None)
