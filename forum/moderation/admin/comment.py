from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from forum.discussion.models.comment import Comment
from forum.log.models.action import ModerationAction
from forum.moderation import decisions
from forum.moderation.admin.decision import (
    DecidedAdmin,
    DecisionForm,
    LogInline,
    decide_all,
    link,
    note_in,
)
from forum.moderation.permissions import moderator
from forum.people.reasons import Reason
from forum.votes.models import Vote

VOTES_SHOWN = 100


class CommentLogInline(LogInline):
    fk_name = "comment"


class CommentForm(DecisionForm):
    choices = staticmethod(decisions.choices)


@admin.register(Comment)
class CommentAdmin(DecidedAdmin):
    form = CommentForm
    list_display = (
        "pk",
        "excerpt",
        "author",
        "article",
        "status",
        "removal_reason",
        "created_at",
        "page",
    )
    list_filter = ("status", "removal_reason", "created_at")
    list_select_related = ("author", "discussion__article")
    search_fields = (
        "=id",
        "author__username",
        "author__email",
        "discussion__article__slug",
        "body",
    )
    search_help_text = _("Comment number, person, article address, or text of the comment")
    actions = ("remove", "erase", "restore")
    shown = (
        "article",
        "written_by",
        "created_at",
        "edited_at",
        "status",
        "removal_reason",
        "words",
        "page",
        "votes",
    )
    fields = (*shown, "decision", "reason", "note")
    readonly_fields = shown
    inlines: ClassVar[list[Any]] = [CommentLogInline]

    @admin.action(description=_("Remove (leave a notice)"), permissions=["change"])
    def remove(self, request: HttpRequest, comments: QuerySet[Comment]) -> None:
        self._decide_all(request, "remove", comments)

    @admin.action(description=_("Delete without a trace (spam)"), permissions=["change"])
    def erase(self, request: HttpRequest, comments: QuerySet[Comment]) -> None:
        self._decide_all(request, "erase", comments)

    @admin.action(description=_("Restore removed comments"), permissions=["change"])
    def restore(self, request: HttpRequest, comments: QuerySet[Comment]) -> None:
        self._decide_all(request, "restore", comments)

    def decide(self, obj: Comment, decision: str, **why: Any) -> ModerationAction | None:
        return decisions.decide(obj, decision, **why)

    def _decide_all(self, request: HttpRequest, decision: str, comments: QuerySet[Comment]) -> None:
        reason = request.POST.get("reason", "")
        if decision != "restore" and reason not in Reason.values:
            self.message_user(
                request,
                _("Nothing was changed. Choose a reason next to the action."),
                messages.ERROR,
            )
            return
        why: dict[str, Any] = {"by": moderator(request), "reason": reason, "note": note_in(request)}
        done = decide_all(
            request, comments, lambda comment: decisions.decide(comment, decision, **why)
        )
        said = ngettext("%(n)d comment is changed.", "%(n)d comments are changed.", done)
        self.message_user(
            request, said % {"n": done}, messages.SUCCESS if done else messages.WARNING
        )

    @admin.display(description=_("article"))
    def article(self, comment: Comment) -> SafeString:
        title = Truncator(comment.discussion.article.title).chars(30)
        return link(comment.discussion.article.get_absolute_url(), title)

    @admin.display(description=_("author"))
    def written_by(self, comment: Comment) -> SafeString | str:
        if comment.author is None:
            return comment.author_name
        person = reverse("admin:accounts_user_change", args=[comment.author.pk])
        suspend = f"{reverse('admin:forum_sanction_add')}?person={comment.author.pk}"
        return format_html("{} · {}", link(person, comment.author), link(suspend, _("Suspend")))

    @admin.display(description=_("text"))
    def words(self, comment: Comment) -> str:
        return comment.body

    @admin.display(description=_("page"))
    def page(self, comment: Comment) -> SafeString:
        return link(comment.get_absolute_url(), _("Show on the site"))

    @admin.display(description=_("latest votes"))
    def votes(self, comment: Comment) -> SafeString | str:
        """With those that the ranking leaves out, and why: only moderators see which."""
        latest = comment.votes.select_related("voter").order_by("-pk")[:VOTES_SHOWN]
        if not latest:
            return str(_("None yet."))
        return format_html(
            "<ol>{}</ol>",
            format_html_join("", "<li>{}</li>", ((_vote_in_words(v),) for v in latest)),
        )


def _vote_in_words(vote: Vote) -> str:
    said = _("%(at)s · %(voter)s, joined %(joined)s · %(value)s") % {
        "at": date_format(localtime(vote.created_at), "DATETIME_FORMAT"),
        "voter": vote.voter,
        "joined": date_format(localtime(vote.voter.date_joined), "DATE_FORMAT"),
        "value": vote.get_value_display(),
    }
    why = vote.get_excluded_because_display()
    reason = _("left out of the ranking: %(reason)s") % {"reason": why}
    return f"{said} · {reason}" if vote.excluded_because else said
