from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import email_field
from forum.flags.categories import Category
from forum.flags.models.flag import NOTE_MAX_LENGTH, Flag, FlagReason
from forum.flags.models.notice import EXPLANATION_MAX_LENGTH, Notice
from forum.people.reasons import Reason
from text.fields import ShownTextField


class Radios(forms.RadioSelect):
    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """Return the id of the first button, so that a link in the error summary leads there."""
        return super().id_for_label(id_, index or "0")


class NoticeFields(forms.Form):
    """The fields that article 16 of the Digital Services Act requires of a notice of illegal
    content.
    """

    url = ShownTextField(
        label=_("Address of the content"),
        required=False,
        max_length=500,
        error_messages={"required": _("Enter the address of the content.")},
    )
    category = forms.ChoiceField(
        label=_("What kind of illegal content is it?"),
        required=False,
        choices=[("", _("Something else, or I am not sure")), *Category.choices],
        error_messages={"invalid_choice": _("Choose one from the list.")},
    )
    law = ShownTextField(
        label=_("Which law does it break, or why is it illegal?"),
        required=False,
        max_length=200,
        error_messages={"required": _("Enter the law, or the reason why it is illegal.")},
    )
    explanation = ShownTextField(
        label=_("Explanation"),
        required=False,
        max_length=EXPLANATION_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=_("Describe exactly what is illegal, and why. Up to 2,000 characters."),
        error_messages={"required": _("Explain why the content is illegal.")},
    )
    is_about_children = forms.BooleanField(
        label=_("This is about child sexual abuse. I do not have to give my name and email."),
        required=False,
    )
    name = ShownTextField(
        label=_("Your name"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Enter your name.")},
    )
    good_faith = forms.BooleanField(
        label=_("I believe in good faith that this report is accurate and complete."),
        required=False,
        error_messages={"required": _("Confirm that the report is accurate and complete.")},
    )

    NOTICE = ("url", "category", "law", "explanation", "is_about_children", "name")

    def require_notice(self) -> None:
        """Add an error to each empty field that the law requires."""
        asked = ["url", "law", "explanation", "good_faith"]
        if not self.cleaned_data.get("is_about_children"):
            asked += [name for name in ("name", "email") if name in self.fields]
        for name in asked:
            if name not in self.errors and not self.cleaned_data.get(name):
                self.add_error(name, self.fields[name].error_messages["required"])

    def notice(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.NOTICE}


class FlagForm(NoticeFields):
    """The report of a comment. `made` is the flag that its reader has made before."""

    reason = forms.ModelChoiceField(
        label=_("What is wrong with it?"),
        queryset=FlagReason.objects.filter(is_offered=True),
        widget=Radios,
        empty_label=None,
        error_messages={
            "required": _("Choose what is wrong with the comment."),
            "invalid_choice": _("Choose one from the list."),
        },
    )
    note = ShownTextField(
        label=_("Anything a moderator should know? (optional)"),
        required=False,
        max_length=NOTE_MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto", "data-draft": ""}),
        help_text=_("Up to 300 characters. Only moderators read it."),
    )
    email = email_field(label=_("Your email, if you want an answer (optional)"))

    field_order = (
        "reason",
        "url",
        "category",
        "law",
        "explanation",
        "note",
        "is_about_children",
        "name",
        "email",
        "good_faith",
    )

    def __init__(
        self, *args: Any, person: Any, url: str, made: Flag | None = None, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {"url": url}
        if made:
            kwargs["initial"] |= {"reason": made.reason_id, "note": made.note, **_said_before(made)}
        super().__init__(*args, **kwargs)
        if made:
            cast(
                forms.ModelChoiceField, self.fields["reason"]
            ).queryset = FlagReason.objects.filter(is_offered=True).exclude(reason="")
        for name in ("note", "explanation", "law", "name", "url"):
            self.fields[name].widget.attrs.pop(
                "maxlength", None
            )  # what is too long is told, never cut
        if person.is_authenticated:
            del self.fields["email"]
        else:
            self.fields["email"].required = False
            self.fields["email"].help_text = _(
                "Only used for this answer, then deleted. Required for illegal content."
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.is_about_illegal_content:
            self.require_notice()
        return cleaned

    @property
    def is_about_illegal_content(self) -> bool:
        reason = self.cleaned_data.get("reason")
        return reason is not None and reason.reason == Reason.ILLEGAL

    @property
    def is_disagreement(self) -> bool:
        return not self.cleaned_data["reason"].reason

    def report_fields(self) -> dict[str, Any]:
        said = {
            name: self.cleaned_data[name]
            for name in ("reason", "note", "email")
            if name in self.fields
        }
        return said | ({"notice": self.notice()} if self.is_about_illegal_content else {})


def _said_before(made: Flag) -> dict[str, Any]:
    notice = Notice.objects.filter(flag=made).values(*NoticeFields.NOTICE).first()
    return notice or {}
