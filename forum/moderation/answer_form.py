from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.rights import NotAllowed
from forum.cases.models import Case
from forum.log.models.text import NOTE_MAX_LENGTH
from forum.moderation.resolution import DEEDS, Answer
from forum.people.models.sanction import Sanction
from forum.people.reasons import Reason
from forum.people.scope import ModeratorScope, demand_decision
from forum.posting.forms import WordsField
from text.fields import ShownTextField

# So many days a person is kept from writing; none: for good.
TERMS = [
    (1, _("for 1 day")),
    (3, _("for 3 days")),
    (7, _("for 7 days")),
    (30, _("for 30 days")),
    (90, _("for 90 days")),
    (365, _("for 1 year")),
    ("", _("permanently (ban)")),
]
WITHOUT_REASON = {"approve", "hold"}


class TermForm(forms.Form):
    """How somebody is kept from writing, for how long and why."""

    reason = forms.ChoiceField(label=_("Reason"), choices=Reason)
    sanction = forms.ChoiceField(
        label=_("They can still"),
        choices=[
            (Sanction.Kind.SUSPENSION, _("read")),
            (Sanction.Kind.SILENCE, _("read and vote (silence)")),
        ],
        initial=Sanction.Kind.SUSPENSION,
        required=False,
    )
    days = forms.TypedChoiceField(
        label=_("How long"), choices=TERMS, coerce=int, empty_value=None, required=False
    )
    note = ShownTextField(
        label=_("Note"),
        max_length=NOTE_MAX_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"data-draft": ""}),
    )

    def clean_sanction(self) -> str:
        return self.cleaned_data["sanction"] or Sanction.Kind.SUSPENSION

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("days"):
            cleaned["sanction"] = Sanction.Kind.BAN
        return cleaned


class MeasureForm(TermForm):
    """What is decided about somebody from their record."""

    takedown = forms.ChoiceField(
        label=_("Also remove their comments"),
        choices=[
            ("", _("No")),
            ("24", _("of the last 24 hours")),
            ("168", _("of the last 7 days")),
            ("720", _("of the last 30 days")),
            ("all", _("all of them")),
        ],
        required=False,
    )

    @property
    def since(self) -> datetime | None:
        """Return from when on comments are removed; None for all of them."""
        hours = self.cleaned_data["takedown"]
        return None if hours == "all" else timezone.now() - timedelta(hours=int(hours))


class AnswerForm(TermForm):
    deed = forms.ChoiceField(
        choices=DEEDS.items(), error_messages={"required": _("Choose an action.")}
    )
    body = WordsField(required=False)
    edition = forms.IntegerField(required=False)
    removes = forms.BooleanField(required=False)

    def __init__(self, data: Any, *, case: Case, scope: ModeratorScope, by: User) -> None:
        super().__init__(data, label_suffix="")
        self.case, self.scope, self.by = case, scope, by
        self.fields["reason"].required = (data.get("deed") or "") not in WITHOUT_REASON
        self.fields["reason"].error_messages["required"] = _("Choose a reason.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        deed, author = cleaned.get("deed"), self.case.comment.author
        if deed == "edit" and cleaned.get("body", "").strip() in {
            "",
            self.case.comment.body.strip(),
        }:
            self.add_error("body", _("Edit the comment first, and leave some text."))
        if deed in {"warn", "sanction"} and author is None:
            self.add_error("deed", _("The author has no account here."))
        elif deed == "sanction" and not self.scope.is_site_wide:
            self.add_error("deed", _("Only moderators of the whole site can suspend or ban."))
        elif deed:
            self._demand("suspend" if deed == "sanction" else deed)
        return cleaned

    def _demand(self, kind: str) -> None:
        try:
            demand_decision(kind, self.by, comment=self.case.comment)
        except NotAllowed as refused:
            self.add_error("deed", str(refused))

    def answer(self) -> Answer:
        said = self.cleaned_data
        return Answer(
            **{
                name: said[name]
                for name in ("deed", "reason", "note", "body", "edition", "removes")
            },
            sanction=said["sanction"],
            days=said["days"] or 0,
        )
