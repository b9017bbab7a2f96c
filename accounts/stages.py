"""The steps between a first proof and a session, the same at every door."""

from typing import Any

from allauth.account.internal.stagekit import clear_login
from allauth.account.stages import LoginStage
from allauth.mfa.stages import AuthenticateStage
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.proofs import state_of
from accounts.second_factor import lacks_factor

Handled = tuple[HttpResponse | None, bool]

STAGES = [
    "allauth.account.stages.EmailVerificationStage",
    "accounts.stages.SecondFactor",
    "accounts.stages.NewFactor",
]


class BoundStage(LoginStage):
    """A step of one browser for one account as it was: a new password or address ends it."""

    @property
    def account(self) -> str:
        person: Any = self.login.user
        return state_of(person)

    def wait(self) -> Handled:
        self.state["account"] = self.account
        return redirect(str(self.urlname)), True

    @property
    def fits(self) -> bool:
        return constant_time_compare(self.state.get("account", ""), self.account)

    def abort(self) -> HttpResponse:
        """Begin anew, with the way that leads on from there."""
        clear_login(self.request)
        message = _("Your account has changed in the meantime. Sign in again.")
        messages.warning(self.request, message)
        query = urlencode({"next": self.login.redirect_url}) if self.login.redirect_url else ""
        return redirect(f"{reverse('account_login')}?{query}".rstrip("?"))


class SecondFactor(BoundStage, AuthenticateStage):
    """Asks who has a second factor for it."""

    urlname = "mfa_authenticate"

    def handle(self) -> Handled:
        return self.wait() if self._should_handle(self.request) else (None, True)


class NewFactor(BoundStage):
    """Has a second factor set up by who must have one and has none."""

    key = "mfa_new_factor"
    urlname = "mfa_required"

    def handle(self) -> Handled:
        return self.wait() if lacks_factor(self.login.user) else (None, True)
