from typing import Any, ClassVar

from django.contrib import admin
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from forum.discussion.models.comment import Comment
from forum.moderation.admin.read_only import LogInline, ReadOnlyAdmin, link
from forum.votes.models import Vote

VOTES_SHOWN = 100


class CommentLogInline(LogInline):
    fk_name = "comment"


@admin.register(Comment)
class CommentAdmin(ReadOnlyAdmin):
    list_display = (
        "pk",
        "excerpt",
        "author",
        "article",
        "status_and_reason",
        "created_at",
        "page",
        "moderate",
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
    fields = (
        "article",
        "written_by",
        "created_at",
        "edited_at",
        "status",
        "removal_reason",
        "words",
        "page",
        "moderate",
        "votes",
    )
    inlines: ClassVar[list[Any]] = [CommentLogInline]

    def moderation_url(self, row: Comment) -> str:
        return reverse("moderate", args=[row.pk])

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

    @admin.display(description=_("status"), ordering="status")
    def status_and_reason(self, comment: Comment) -> str:
        said = [comment.get_status_display(), comment.get_removal_reason_display()]
        return " · ".join(filter(None, said))

    @admin.display(description=_("text"))
    def words(self, comment: Comment) -> str:
        return comment.body

    @admin.display(description=_("latest votes"))
    def votes(self, comment: Comment) -> SafeString | str:
        """List the votes. Moderators alone see which the ranking leaves out, and why."""
        latest = comment.votes.select_related("voter").order_by("-pk")[:VOTES_SHOWN]
        if not latest:
            return str(_("None yet."))
        items = [(_vote_in_words(vote),) for vote in latest]
        return format_html("<ol>{}</ol>", format_html_join("", "<li>{}</li>", items))


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
