from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import FormerName, User
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
        """Return those whose names begin so, or did, be it in other letters that look the same."""
        beginning = skeleton(self.cleaned_data["q"])
        if not beginning:
            return []
        former = FormerName.objects.filter(skeleton__startswith=beginning, person__isnull=False)
        found = User.objects.filter(
            Q(username_skeleton__startswith=beginning) | Q(pk__in=former.values("person"))
        )
        return list(found.order_by("username_skeleton", "pk")[:MOST_FOUND])
