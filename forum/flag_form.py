from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import email_field
from forum.models import Flag, FlagReason
from forum.models.flag import NOTE_MAX_LENGTH
from text.fields import ShownTextField


class Radios(forms.RadioSelect):
    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """The first of them: there a link to what is wrong leads."""
        return super().id_for_label(id_, index or "0")


class FlagForm(forms.Form):
    """What is wrong with a comment. `made` is what its reader has said before."""

    reason = forms.ModelChoiceField(
        label=_("What is wrong with it?"),
        queryset=FlagReason.objects.filter(is_offered=True),
        widget=Radios,
        empty_label=None,
        error_messages={"required": _("Choose what is wrong with it."), "invalid_choice": _("Choose one of the list.")},
    )
    note = ShownTextField(
        label=_("Anything a moderator should know? (not required)"),
        required=False,
        max_length=NOTE_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto", "data-draft": ""}),
        help_text=_("Up to 300 characters. Only moderators read it."),
    )
    email = email_field(label=_("Your email, if you want an answer (not required)"))

    def __init__(self, *args: Any, person: Any, made: Flag | None = None, **kwargs: Any) -> None:
        if made:
            kwargs["initial"] = {"reason": made.reason_id, "note": made.note}
        super().__init__(*args, **kwargs)
        if made:
            cast(forms.ModelChoiceField, self.fields["reason"]).queryset = FlagReason.objects.filter(
                is_offered=True
            ).exclude(reason="")
        self.fields["note"].widget.attrs.pop("maxlength", None)  # what is too long is told, never cut
        if person.is_authenticated:
            del self.fields["email"]
        else:
            self.fields["email"].required = False
            self.fields["email"].help_text = _("Used for this answer alone, then deleted.")

    @property
    def is_disagreement(self) -> bool:
        return not self.cleaned_data["reason"].reason

    def words(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.fields}
