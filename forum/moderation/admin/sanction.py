from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.rights import NotAllowed
from forum.log.models.text import NOTE_MAX_LENGTH
from forum.moderation.permissions import moderator
from forum.moderation.sanctions import ACTION_OF, impose, lift
from forum.people.models.sanction import Sanction
from forum.people.scope import demand_decision
from text.fields import ShownTextField


class SanctionForm(forms.ModelForm):
    by: User

    note = ShownTextField(
        label=_("Note"), max_length=NOTE_MAX_LENGTH, required=False, help_text=_("For the log.")
    )

    class Meta:
        model = Sanction
        fields = ("person", "kind", "until", "reason")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        until = cleaned.get("until")
        if cleaned.get("kind") == Sanction.Kind.BAN:
            cleaned["until"] = None
        elif until is None or until <= timezone.now():
            self.add_error("until", _("Choose a time in the future."))
        if cleaned.get("person") and cleaned.get("kind"):
            self._demand(ACTION_OF[cleaned["kind"]], cleaned["person"])
        return cleaned

    def _demand(self, kind: str, person: User) -> None:
        try:
            demand_decision(kind, self.by, person=person)
        except NotAllowed as refusal:
            self.add_error("person", str(refusal))


@admin.register(Sanction)
class SanctionAdmin(admin.ModelAdmin):
    form = SanctionForm
    list_display = ("person", "kind", "until", "reason", "created_at", "lifted_at")
    list_filter = ("kind", "reason", "until")
    list_select_related = ("person",)
    search_fields = ("person__username", "person__email")
    autocomplete_fields = ("person",)
    actions = ("lift",)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        form.by = moderator(request)  # type: ignore[attr-defined]
        return form

    def save_model(self, request: HttpRequest, obj: Sanction, form: Any, change: bool) -> None:
        impose(obj, by=moderator(request), note=form.cleaned_data["note"])

    @admin.action(description=_("Lift now"), permissions=["add"])
    def lift(self, request: HttpRequest, sanctions: QuerySet[Sanction]) -> None:
        refusals = set()
        for sanction in sanctions:
            try:
                lift(sanction, by=moderator(request))
            except NotAllowed as refusal:
                refusals.add(str(refusal))
        for message in refusals:
            messages.error(request, message)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
