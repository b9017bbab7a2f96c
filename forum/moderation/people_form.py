from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.names import NAME_MAX_LENGTH, skeleton

MOST_FOUND = 20


class PeopleForm(forms.Form):
    q = forms.CharField(
        label=_("Name begins with"),
        required=False,
        max_length=NAME_MAX_LENGTH,
        widget=forms.TextInput({"type": "search"}),
    )

    def people(self) -> list[User]:
        """Return those whose names begin so, be it in other letters that look the same."""
        beginning = skeleton(self.cleaned_data["q"])
        found = (
            User.objects.filter(username_skeleton__startswith=beginning)
            if beginning
            else User.objects.none()
        )
        return list(found.order_by("username_skeleton", "pk")[:MOST_FOUND])
