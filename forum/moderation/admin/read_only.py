"""Admin pages that list and search the discussion. Decisions are made on the
pages of moderators, which know the rights, reasons and undo.
"""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from forum.log.models.action import ModerationAction


class ReadOnly:
    """Mixin of admin classes: rows are shown, and neither added, changed nor deleted."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyAdmin(ReadOnly, admin.ModelAdmin):
    """List and search, with links to the page on the site and to its moderation."""

    show_full_result_count = False
    list_per_page = 50

    @admin.display(description=_("page"))
    def page(self, row: Any) -> SafeString:
        return link(row.get_absolute_url(), _("Show on the site"))

    @admin.display(description=_("moderation"))
    def moderate(self, row: Any) -> SafeString:
        return link(self.moderation_url(row), _("Moderate"))

    def moderation_url(self, row: Any) -> str:
        raise NotImplementedError


class LogInline(ReadOnly, admin.TabularInline):
    """The entries of the log about one row."""

    model = ModerationAction
    fields = readonly_fields = ("created_at", "moderator", "kind", "reason", "note")
    extra = 0
    can_delete = False
    ordering = ("-pk",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ModerationAction]:
        return super().get_queryset(request).select_related("moderator", "text")


def link(address: str, text: Any) -> SafeString:
    return format_html('<a href="{}">{}</a>', address, text)
