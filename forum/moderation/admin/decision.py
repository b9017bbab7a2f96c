"""What the admin's pages of the discussion share: rows are
changed by decisions, and each gives its reason.
"""

from collections.abc import Callable, Iterable
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.rights import NotAllowed
from forum.log.models.action import ModerationAction
from forum.log.models.text import NOTE_MAX_LENGTH
from forum.moderation.permissions import moderator
from forum.people.reasons import Reason
from text.fields import ShownTextField

REASONS = [("", "---------"), *Reason.choices]  # nobody is given a reason that nobody chose


class ReasonActionForm(ActionForm):
    """The reason beside the list's action: chosen once, for one row or for a hundred."""

    reason = forms.ChoiceField(label=_("Reason"), choices=REASONS, required=False)
    note = ShownTextField(label=_("Note"), max_length=NOTE_MAX_LENGTH, required=False)


class DecisionForm(forms.ModelForm):
    """A decision about one row; what can be decided depends on how it stands."""

    choices: Callable[[Any], list[tuple[str, Any]]]

    decision = forms.ChoiceField(label=_("Decision"), required=False)
    reason = forms.ChoiceField(label=_("Reason"), choices=REASONS, required=False)
    note = ShownTextField(
        label=_("Note"), max_length=NOTE_MAX_LENGTH, required=False, help_text=_("For the log.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = type(self).choices(self.instance) if self.instance.pk else []
        decision = cast(forms.ChoiceField, self.fields["decision"])
        decision.widget.attrs["autofocus"] = True
        decision.choices = [("", _("No decision")), *choices]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("decision") in {"remove", "erase"} and not cleaned.get("reason"):
            self.add_error("reason", _("Choose a reason."))
        return cleaned


class DecidedAdmin(admin.ModelAdmin):
    """Rows that only the verbs of their models change."""

    action_form = ReasonActionForm
    show_full_result_count = False
    list_per_page = 50

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        said = form.cleaned_data
        why = {"by": moderator(request), "reason": said["reason"], "note": said["note"]}
        rows = [obj] if said["decision"] else []
        obj.decided = decide_all(
            request, rows, lambda row: self.decide(row, said["decision"], **why)
        )

    def decide(self, obj: Any, decision: str, **why: Any) -> ModerationAction | None:
        raise NotImplementedError

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Back to where the moderator came from: the page of the site, or the list."""
        if obj.decided:
            self.message_user(request, _("Done, and recorded in the log."))
        else:
            self.message_user(request, _("Nothing was changed."), messages.WARNING)
        if "from" in request.GET:
            return redirect(obj)
        return redirect(f"admin:{obj._meta.app_label}_{obj._meta.model_name}_changelist")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def decide_all(request: HttpRequest, rows: Iterable[Any], decide: Callable[[Any], Any]) -> int:
    """Decide about each row; return how many were changed. Those
    that are not theirs to decide are told, and left.
    """
    done, refusals = 0, set()
    for row in rows:
        try:
            done += decide(row) is not None
        except NotAllowed as refused:
            refusals.add(str(refused))
    for words in refusals:
        messages.error(request, words)
    return done


class LogInline(admin.TabularInline):
    """The lines of the log that are about this row."""

    model = ModerationAction
    fields = readonly_fields = ("created_at", "moderator", "kind", "reason", "note")
    extra = 0
    can_delete = False
    ordering = ("-pk",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ModerationAction]:
        return super().get_queryset(request).select_related("moderator", "text")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def note_in(request: HttpRequest) -> str:
    """Return the note beside the list's action: "" where nothing of it shows."""
    return str(ReasonActionForm.base_fields["note"].clean(request.POST.get("note", "")))


def link(address: str, text: Any) -> SafeString:
    return format_html('<a href="{}">{}</a>', address, text)
