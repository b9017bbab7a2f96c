from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth as webauthn
from django.http import HttpRequest

from accounts.factor_forms import FactorForm, FreshPasskeyForm
from accounts.models import User
from accounts.second_factor import factors_of


class FreshFactors:
    """The forms that ask somebody who is signed in for a second factor; false without any."""

    def __init__(self, request: HttpRequest, person: User) -> None:
        self.person = person
        self.kinds = set(factors_of(person).values_list("type", flat=True))
        data = request.POST if self.kinds and request.method == "POST" else None
        has_key = data is not None and bool(data.get("credential"))
        has_code = data is not None and "code" in data and not has_key
        self.code = FactorForm(data if has_code else None, user=person)
        self.passkey = FreshPasskeyForm(data if has_key else None, user=person)

    def __bool__(self) -> bool:
        return bool(self.kinds)

    @property
    def sent(self) -> Any:
        """Return the form that was filled in."""
        return self.passkey if self.passkey.is_bound else self.code

    def are_proven(self) -> bool:
        if not (self.sent.is_bound and self.sent.is_valid()):
            return False
        self.sent.save()
        return True

    def for_template(self) -> dict[str, Any]:
        if Authenticator.Type.WEBAUTHN not in self.kinds:
            return {"code": self.code if self.kinds else None}
        options = {"request_options": webauthn.begin_authentication(self.person)}
        return {"code": self.code, "passkey": self.passkey, "js_data": options}
