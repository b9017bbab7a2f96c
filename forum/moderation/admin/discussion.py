from typing import Any, ClassVar

from django.contrib import admin
from django.urls import reverse

from forum.discussion.models.discussion import Discussion
from forum.moderation.admin.read_only import LogInline, ReadOnlyAdmin


class DiscussionLogInline(LogInline):
    fk_name = "discussion"


@admin.register(Discussion)
class DiscussionAdmin(ReadOnlyAdmin):
    list_display = ("article", "comment_count", "last_comment_at", "closed_at", "page", "moderate")
    list_filter = ("closed_at",)
    list_select_related = ("article",)
    search_fields = ("article__title", "article__slug")
    fields = list_display
    inlines: ClassVar[list[Any]] = [DiscussionLogInline]

    def moderation_url(self, row: Discussion) -> str:
        return reverse("moderate_discussion", args=[row.article.slug])
