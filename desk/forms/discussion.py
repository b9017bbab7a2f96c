from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.discussion.models.discussion import Discussion
from forum.discussion.models.policy import Policy
from forum.moderation.discussion_settings import DiscussionSettings, settings_of

LONGEST = 3650  # days


class DiscussionForm(forms.Form):
    """The settings of the discussion of an article."""

    discussion = forms.ChoiceField(
        label=_("Readers can comment"),
        choices=[("open", _("Yes")), ("closed", _("No: the discussion is closed"))],
        widget=forms.RadioSelect,
    )
    closes_after = forms.IntegerField(
        label=_("Close automatically after (days)"),
        min_value=1,
        max_value=LONGEST,
        required=False,
        help_text=_(
            "Counted from the day of publication. Readers see the date in advance."
            " Leave it empty to keep it open."
        ),
    )
    comments_appear = forms.ChoiceField(
        label=_("Comments appear"),
        choices=[
            ("", _("As set for the topic or the site")),
            (Policy.Mode.AFTER, _("Immediately; moderators review them afterwards")),
            (Policy.Mode.BEFORE, _("After a moderator has approved them")),
        ],
        required=False,
    )

    def __init__(self, data: Any = None, *, discussion: Discussion) -> None:
        self.saved = settings_of(discussion)
        initial = {
            "discussion": "open" if self.saved.is_open else "closed",
            "closes_after": self.saved.closes_after,
            "comments_appear": self.saved.mode,
        }
        super().__init__(data, initial=initial)

    def closes_after_now(self, published_at: datetime | None) -> bool:
        """Refuse to open a discussion until a day that is over. Return whether it is in order."""
        said = self.cleaned_data
        days = said["closes_after"] if said["discussion"] == "open" else None
        if days and published_at and published_at + timedelta(days=days) <= timezone.now():
            message = _("This day is over. Enter more days, or close the discussion.")
            self.add_error("closes_after", message)
        return not self.errors

    @property
    def settings(self) -> DiscussionSettings:
        said = self.cleaned_data
        return DiscussionSettings(
            is_open=said["discussion"] == "open",
            closes_after=said["closes_after"],
            mode=said["comments_appear"],
        )
