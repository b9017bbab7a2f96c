from datetime import timedelta
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.discussion.models.comment import Comment
from forum.discussion.models.discussion import Discussion
from forum.log.models.action import ModerationAction
from forum.log.models.text import NOTE_MAX_LENGTH
from forum.moderation import comment_actions, locking
from forum.people.reasons import Reason
from text.fields import ShownTextField

SLOWEST = 24 * 60  # minutes


class NoteField(ShownTextField):
    def __init__(self, **kwargs: Any) -> None:
        words = {"label": _("Note"), "help_text": _("For other moderators. Readers never see it.")}
        super().__init__(**{"required": False, "max_length": NOTE_MAX_LENGTH, **words, **kwargs})
        self.widget.attrs["data-draft"] = ""


class CommentToolsForm(forms.Form):
    """The actions that the page of tools offers for one comment."""

    decision = forms.ChoiceField(label=_("What to do"), widget=forms.RadioSelect)
    reason = forms.ChoiceField(
        label=_("Reason"), choices=[("", "---------"), *Reason.choices], required=False
    )
    note = NoteField()

    def __init__(self, *args: Any, comment: Comment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["decision"]).choices = comment_actions.tools_for(
            comment
        )
        self.fields["decision"].error_messages["required"] = _("Choose an action.")
        self.fields["decision"].error_messages["invalid_choice"] = _(
            "The comment has changed in the meantime. Choose again."
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("decision") in comment_actions.NEEDS_REASON and not cleaned.get("reason"):
            self.add_error("reason", _("Choose a reason. The author and readers will see it."))
        return cleaned


class DiscussionToolsForm(forms.Form):
    """Slow mode and state of a discussion."""

    slow_minutes = forms.IntegerField(
        label=_("Slow mode: minutes between comments"),
        min_value=0,
        max_value=SLOWEST,
        help_text=_("0 = off"),
    )
    state = forms.ChoiceField(
        label=_("Discussion"),
        choices=[
            ("open", _("Open")),
            ("rests", _("Pause for … hours")),
            ("closed", _("Closed")),
        ],
        widget=forms.RadioSelect,
    )
    hours = forms.IntegerField(label=_("Hours"), min_value=1, max_value=24 * 30, required=False)
    note = NoteField()

    def __init__(self, data: Any = None, *, discussion: Discussion) -> None:
        state = "open" if discussion.is_open else "rests" if discussion.closed_until else "closed"
        super().__init__(data, initial={"slow_minutes": discussion.slow_minutes, "state": state})
        self.discussion = discussion

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if (
            cleaned.get("state") == "rests"
            and "state" in self.changed_data
            and not cleaned.get("hours")
        ):
            self.add_error("hours", _("Enter the number of hours."))
        return cleaned

    def apply(self, *, by: Any) -> int:
        """Make the changes. Return the number of entries added to the log."""
        said = self.cleaned_data
        done = [locking.slow(self.discussion, said["slow_minutes"], by=by, note=said["note"])]
        if "state" in self.changed_data or said["hours"]:
            done.append(self._move(said["state"], by=by, note=said["note"]))
        return len([line for line in done if line])

    def _move(self, state: str, *, by: Any, note: str) -> ModerationAction | None:
        if state == "open":
            return locking.reopen(self.discussion, by=by, note=note)
        until = (
            timezone.now() + timedelta(hours=self.cleaned_data["hours"])
            if state == "rests"
            else None
        )
        return locking.close(self.discussion, by=by, note=note, until=until)
