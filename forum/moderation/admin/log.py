from django.contrib import admin

from forum.log.models.action import ModerationAction
from forum.moderation.admin.read_only import ReadOnly


@admin.register(ModerationAction)
class ModerationActionAdmin(ReadOnly, admin.ModelAdmin):
    """The log: listed, searched and filtered."""

    list_display = (
        "created_at",
        "moderator",
        "kind",
        "reason",
        "comment",
        "discussion",
        "person",
        "note",
    )
    list_filter = ("kind", "reason", "created_at")
    list_select_related = ("moderator", "comment", "discussion__article", "person", "text")
    search_fields = ("moderator__username", "person__username", "=comment_key", "text__note")
    show_full_result_count = False
