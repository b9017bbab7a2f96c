from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from forum.flags.models.flag import Flag, FlagReason
from forum.moderation.admin.read_only import ReadOnly


@admin.register(FlagReason)
class FlagReasonAdmin(admin.ModelAdmin):
    """The list that readers choose from. A reason with flags is switched off, not deleted."""

    list_display = ("name", "reason", "position", "is_offered")
    list_editable = ("position", "is_offered")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return (
            obj is not None
            and super().has_delete_permission(request, obj)
            and not obj.flags.exists()
        )

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any
    ) -> Any:
        help_texts = {
            "reason": _(
                "The reason for removing a comment reported so. Without one, moderators do not "
                "see these reports."
            )
        }
        return super().get_form(request, obj, change, help_texts=help_texts, **options)


@admin.register(Flag)
class FlagAdmin(ReadOnly, admin.ModelAdmin):
    """Flags, found by the reference that a reader was given; the queue decides about them."""

    list_display = ("id", "comment", "reason", "person", "weight", "outcome", "created_at")
    list_filter = ("outcome", "reason", "created_at")
    list_select_related = ("comment", "reason", "person")
    search_fields = ("=id", "=comment__id", "person__username")
    show_full_result_count = False
