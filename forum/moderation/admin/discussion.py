from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from forum.discussion.models.discussion import Discussion
from forum.log.models.action import ModerationAction
from forum.moderation import locking
from forum.moderation.admin.decision import (
    DecidedAdmin,
    DecisionForm,
    LogInline,
    decide_all,
    link,
    note_in,
)
from forum.moderation.permissions import moderator


class DiscussionLogInline(LogInline):
    fk_name = "discussion"


class DiscussionForm(DecisionForm):
    choices = staticmethod(locking.choices)


@admin.register(Discussion)
class DiscussionAdmin(DecidedAdmin):
    form = DiscussionForm
    list_display = ("article", "comment_count", "last_comment_at", "closed_at", "page")
    list_filter = ("closed_at",)
    list_select_related = ("article",)
    search_fields = ("article__title", "article__slug")
    actions = ("close", "reopen")
    shown = ("article", "comment_count", "last_comment_at", "closed_at", "page")
    fields = (*shown, "decision", "reason", "note")
    readonly_fields = shown
    inlines: ClassVar[list[Any]] = [DiscussionLogInline]

    @admin.action(description=_("Close"), permissions=["change"])
    def close(self, request: HttpRequest, discussions: QuerySet[Discussion]) -> None:
        why: dict[str, Any] = {"by": moderator(request), "note": note_in(request)}
        self._say(
            request, decide_all(request, discussions, lambda each: locking.close(each, **why))
        )

    @admin.action(description=_("Reopen"), permissions=["change"])
    def reopen(self, request: HttpRequest, discussions: QuerySet[Discussion]) -> None:
        why: dict[str, Any] = {"by": moderator(request), "note": note_in(request)}
        self._say(
            request, decide_all(request, discussions, lambda each: locking.reopen(each, **why))
        )

    def decide(self, obj: Discussion, decision: str, **why: Any) -> ModerationAction | None:
        return locking.decide(obj, decision, **why)

    def _say(self, request: HttpRequest, done: int) -> None:
        said = ngettext("%(n)d discussion is changed.", "%(n)d discussions are changed.", done)
        self.message_user(request, said % {"n": done})

    @admin.display(description=_("page"))
    def page(self, discussion: Discussion) -> SafeString:
        return link(discussion.get_absolute_url(), _("Show on the site"))
