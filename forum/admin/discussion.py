from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from forum.admin.decision import DecidedAdmin, LogInline, link, moderator
from forum.models import Discussion


class DiscussionLogInline(LogInline):
    fk_name = "discussion"


@admin.register(Discussion)
class DiscussionAdmin(DecidedAdmin):
    list_display = ("article", "comment_count", "last_comment_at", "closed_at", "page")
    list_filter = ("closed_at",)
    list_select_related = ("article",)
    search_fields = ("article__title", "article__slug")
    actions = ("close", "reopen")
    shown = ("article", "comment_count", "last_comment_at", "closed_at", "page")
    fields = (*shown, "decision", "reason", "note")
    readonly_fields = shown
    inlines: ClassVar[list[Any]] = [DiscussionLogInline]

    def save_model(self, request: HttpRequest, obj: Discussion, form: Any, change: bool) -> None:
        said = form.cleaned_data
        if said["decision"]:
            obj.decide(said["decision"], by=moderator(request), reason=said["reason"], note=said["note"])

    @admin.action(description=_("Close"), permissions=["change"])
    def close(self, request: HttpRequest, discussions: QuerySet[Discussion]) -> None:
        for discussion in discussions:
            discussion.close(by=moderator(request), note=request.POST.get("note", "")[:1000])

    @admin.action(description=_("Open again"), permissions=["change"])
    def reopen(self, request: HttpRequest, discussions: QuerySet[Discussion]) -> None:
        for discussion in discussions:
            discussion.reopen(by=moderator(request), note=request.POST.get("note", "")[:1000])

    @admin.display(description=_("page"))
    def page(self, discussion: Discussion) -> SafeString:
        return link(discussion.get_absolute_url(), _("Show on the site"))
