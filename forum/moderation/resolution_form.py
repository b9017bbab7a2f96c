from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.rights import NotAllowed
from forum.cases.models import Case
from forum.log.models.text import NOTE_MAX_LENGTH
from forum.moderation.comment_actions import ACTIONS, IN_QUEUE, NEEDS_REASON, right_to
from forum.moderation.resolution import Resolution
from forum.people.models.sanction import Sanction
from forum.people.reasons import Reason
from forum.people.scope import ModeratorScope, demand_decision
from forum.posting.forms import WordsField
from text.fields import ShownTextField

# Days for which a person cannot write; none: for good.
TERMS = [
    (1, _("for 1 day")),
    (3, _("for 3 days")),
    (7, _("for 7 days")),
    (30, _("for 30 days")),
    (90, _("for 90 days")),
    (365, _("for 1 year")),
    ("", _("permanently (ban)")),
]


class TermForm(forms.Form):
    """A sanction: its kind, length and reason."""

    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[("", "---------"), *Reason.choices],
        error_messages={"required": _("Choose a reason.")},
    )
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


class PersonSanctionForm(TermForm):
    """A warning or a sanction of a person, from the page of their history."""

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
        """Return the age limit of the comments to remove; None for all of them."""
        hours = self.cleaned_data["takedown"]
        return None if hours == "all" else timezone.now() - timedelta(hours=int(hours))


class ResolutionForm(TermForm):
    """The decision of one moderator about one case.

    The field is called `decision`, because a control called `action` would hide the form's
    address (`form.action`) from scripts.
    """

    decision = forms.ChoiceField(
        choices=[(name, name) for name in IN_QUEUE],
        error_messages={"required": _("Choose an action.")},
    )
    body = WordsField(required=False)
    edition = forms.IntegerField(required=False)
    removes = forms.BooleanField(required=False)

    def __init__(self, data: Any, *, case: Case, scope: ModeratorScope, by: User) -> None:
        super().__init__(data, label_suffix="")
        self.case, self.scope, self.by = case, scope, by
        decision = data.get("decision") or ""
        self.fields["reason"].required = decision not in IN_QUEUE or decision in NEEDS_REASON

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if decision := cleaned.get("decision"):
            self._check_body(decision, cleaned.get("body", "").strip())
            self._check_right(decision)
        return cleaned

    def _check_body(self, decision: str, body: str) -> None:
        if decision == "edit" and body in {"", self.case.comment.body.strip()}:
            self.add_error("body", _("Edit the comment first, and leave some text."))

    def _check_right(self, decision: str) -> None:
        if ACTIONS[decision].needs_author and self.case.comment.author is None:
            self.add_error("decision", _("The author has no account here."))
        elif decision == "sanction" and not self.scope.is_site_wide:
            words = _("Only moderators of the whole site can suspend or ban.")
            self.add_error("decision", words)
        else:
            self._demand(right_to(decision))

    def _demand(self, kind: str) -> None:
        try:
            demand_decision(kind, self.by, comment=self.case.comment)
        except NotAllowed as refusal:
            self.add_error("decision", str(refusal))

    def resolution(self) -> Resolution:
        names = ("reason", "note", "body", "edition", "removes", "sanction")
        values = {name: self.cleaned_data[name] for name in names}
        days = self.cleaned_data["days"] or 0
        return Resolution(self.cleaned_data["decision"], days=days, **values)
