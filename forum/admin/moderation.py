from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.admin.decision import moderator
from forum.models import ModerationAction, Suspension


@admin.register(ModerationAction)
class ModerationActionAdmin(admin.ModelAdmin):
    """The log: read, searched and filtered, never written by hand."""

    list_display = ("created_at", "moderator", "kind", "reason", "comment", "discussion", "person", "note")
    list_filter = ("kind", "reason", "created_at")
    list_select_related = ("moderator", "comment", "discussion__article", "person")
    search_fields = ("moderator__username", "person__username", "=comment__id", "note")
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class SuspensionForm(forms.ModelForm):
    note = forms.CharField(label=_("Note"), max_length=1000, required=False, help_text=_("For the log."))

    class Meta:
        model = Suspension
        fields = ("person", "until", "reason")

    def clean_until(self) -> Any:
        until = self.cleaned_data["until"]
        if until <= timezone.now():
            raise forms.ValidationError(_("Choose a time to come."))
        return until


@admin.register(Suspension)
class SuspensionAdmin(admin.ModelAdmin):
    form = SuspensionForm
    list_display = ("person", "until", "reason", "created_at", "lifted_at")
    list_filter = ("reason", "until")
    list_select_related = ("person",)
    search_fields = ("person__username", "person__email")
    autocomplete_fields = ("person",)
    actions = ("lift",)

    def save_model(self, request: HttpRequest, obj: Suspension, form: Any, change: bool) -> None:
        given = form.cleaned_data
        obj.suspend(by=moderator(request), note=given["note"])

    @admin.action(description=_("Lift now"), permissions=["add"])
    def lift(self, request: HttpRequest, suspensions: QuerySet[Suspension]) -> None:
        for suspension in suspensions:
            suspension.lift(by=moderator(request))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
