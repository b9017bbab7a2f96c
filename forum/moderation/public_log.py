"""The public log of moderation, without removed text and without names of readers."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from database.keyset import page_of
from forum.discussion.models.comment import Comment
from forum.log.models.action import ModerationAction
from forum.people.reasons import Reason

LINES_PER_PAGE = 50
_ARTICLE = ("title", "slug", "status", "published_at")
# Neither the words of comments nor the notes of moderators are even read.
PRINTED = (
    *(
        "kind",
        "reason",
        "rule_words",
        "is_automatic",
        "created_at",
        "moderator__username",
        "comment__status",
    ),
    *(f"comment__discussion__article__{name}" for name in _ARTICLE),
    *(f"discussion__article__{name}" for name in _ARTICLE),
)


@dataclass
class Line:
    action: ModerationAction

    @property
    def by(self) -> Any:
        if self.action.is_automatic:
            return _("A rule of the site")
        moderator = self.action.moderator
        return moderator.username if moderator and settings.MODERATORS_NAMED else _("A moderator")

    @property
    def article(self) -> Article | None:
        """Return the article of the decision, unless a link to it would lead readers to hidden
        content.
        """
        action = self.action
        is_spam = action.reason == Reason.SPAM or action.kind == ModerationAction.Kind.ERASE
        is_shown = action.comment is None or action.comment.status in Comment.SHOWN
        article: Article | None = action.article
        return article if article and article.is_published and is_shown and not is_spam else None

    @property
    def address(self) -> str:
        if self.action.comment:
            return self.action.comment.get_absolute_url()
        return self.action.discussion.get_absolute_url() if self.action.discussion else ""


def log_page(
    *, kind: str = "", reason: str = "", after: int | None = None
) -> tuple[list[Line], int | None]:
    """Return a page of entries, the latest first, and the cursor of the next page."""
    wanted = {"kind": kind, "reason": reason}
    actions = ModerationAction.objects.filter(
        **{name: value for name, value in wanted.items() if value}
    )
    actions = actions.select_related(
        "moderator", "comment__discussion__article", "discussion__article"
    ).only(*PRINTED)
    shown, next_cursor = page_of(actions, after=after, number=LINES_PER_PAGE)
    return [Line(action) for action in shown], next_cursor
