from typing import Any

from allauth.socialaccount import forms as allauth_forms
from django import forms

from accounts.forms import SignupForm


class NewcomerForm(SignupForm):
    """Asks for a name, and for an address where the provider vouches for none."""

    def __init__(self, *args: Any, email: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password1"]
        if email:
            del self.fields["email"]


class DisconnectForm(allauth_forms.DisconnectForm):
    def clean(self) -> Any:
        """Allow it always: everybody can sign in with a code by email."""
        return forms.Form.clean(self)
