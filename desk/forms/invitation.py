from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms import email_field
from accounts.invitations import InvitedRole
from accounts.models import NAME_TAKEN, User
from accounts.names import NAME_MAX_LENGTH, clean_name
from accounts.terms import ask_for_terms
from articles.models import Topic


class InvitationForm(forms.Form):
    email = email_field("off")
    role = forms.ChoiceField(label=_("Role"), choices=InvitedRole.choices)
    topic = forms.ModelChoiceField(
        label=_("Topic of a moderator"),
        queryset=Topic.objects.all(),
        required=False,
        empty_label=_("The whole site"),
    )

    @property
    def topic_key(self) -> int | None:
        """Return the topic where the role has one."""
        topic = self.cleaned_data["topic"]
        is_moderator = self.cleaned_data["role"] == InvitedRole.MODERATOR
        return topic.pk if topic and is_moderator else None


class AcceptForm(forms.Form):
    """Asks a new person for a name. Who has an account presses the button alone."""

    username = forms.CharField(
        label=_("Display name"),
        help_text=_("Shown with your comments. It can have spaces."),
        error_messages={"required": _("Enter a display name.")},
        max_length=4 * NAME_MAX_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )

    def __init__(self, *args: Any, is_known: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_known:
            del self.fields["username"]
        else:
            ask_for_terms(self)

    def clean_username(self) -> str:
        name = clean_name(self.cleaned_data["username"])
        if User.objects.has_name_like(name):
            raise ValidationError(NAME_TAKEN, "taken")
        return name
