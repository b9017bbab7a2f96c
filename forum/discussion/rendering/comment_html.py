"""Render the comments of a page.

The HTML of each comment is cached under everything that it is made of: most pages show the same
comments, and a comment looks different only where one of these values is.
"""

from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.conf import settings
from django.template.loader import get_template
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import get_language
from markupsafe import Markup

from accounts.names import TINTS, monogram
from articles.models import Passage
from forum.discussion.choices import Choices
from forum.discussion.models.comment import Comment
from forum.discussion.models.discussion import Discussion
from forum.discussion.rendering.references import fill_in
from forum.discussion.rendering.timestamps import moment_of
from forum.discussion.rendering.translations import phrases
from forum.discussion.tree import Row
from forum.people.models.moderator import moderates_everything

# About 3 KB each, for each process.
CACHED_COMMENTS = 5_000
PASSAGE_START_LENGTH = 80


class CommentProps(NamedTuple):
    """All values that the HTML of a published comment depends on: the key of the cache."""

    id: int
    depth: int
    parent: int | None
    name: str
    tint: int
    monogram: str
    has_page: bool  # the author, on this site
    role: str
    kind: str
    at: datetime
    is_edited: bool
    is_picked: bool
    html: str
    replied_to: str  # the name of the parent's author
    parent_where: str  # "near", in the list above; "flat", in the same list; "elsewhere"
    passage: str  # its address, if it has one
    passage_start: str
    passage_was: str
    votes: str
    own_vote: int | None
    is_mine: bool
    is_young: bool
    is_new: bool
    next_new: int
    next_thread: int
    is_muted: bool  # the reader muted the author
    is_followed: bool | None  # its thread, by the reader; None on replies and for nobody


class PlaceholderProps(NamedTuple):
    """All values that the placeholder of a comment that is gone depends on."""

    id: int
    depth: int
    status: str
    reason: str
    at: datetime
    is_mine: bool  # a moderator took it away: its page gives the reasons


def moderates(discussion: Discussion, person: Any) -> bool:
    """Return whether the person moderates here, with a query for staff alone."""
    return discussion.reader_moderates or (person.is_staff and moderates_everything(person))


class CommentRenderer:
    """Render the comments of one page for the person who reads it."""

    def __init__(
        self,
        discussion: Discussion,
        person: Any,
        *,
        choices: Choices,
        about: Passage | None = None,
    ) -> None:
        self.article_author = discussion.article.author_id
        self.article_url = discussion.article.get_absolute_url()
        self.reader, self.choices = person.pk, choices
        self.shown_words = about.words if about else ""
        self.quoted: set[int] = set()  # the articles from which these comments quote
        # What all comments of the page have in common: the other half of the key.
        self.page = (
            discussion.is_open,
            self.reader is not None,
            moderates(discussion, person),
            settings.DOWNVOTES,
            get_language(),
            get_current_timezone_name(),
        )

    def render(self, rows: list[Row], *, folded: bool = False) -> str:
        self.quoted = fill_in(row.comment for row in rows if row.comment.is_published)
        context = {
            "rows": rows,
            "folded": folded,
            "render_row": self.render_row,
            "comments_address": _comments_address(),
            **phrases(),
        }
        template = get_template("rendered_comment/thread.html", using="jinja2")
        return template.render(context)

    def render_row(self, row: Row) -> Markup:
        comment: Comment = row.comment
        if comment.is_published:
            return _render_comment(self._comment_props(comment, row), self.page)
        return _render_placeholder(self._placeholder_props(comment), self.page)

    def _comment_props(self, comment: Comment, row: Row) -> CommentProps:
        author, parent = comment.author, row.parent.comment if row.parent else None
        is_mine = self._is_mine(comment)
        return CommentProps(
            id=comment.pk,
            depth=comment.depth,
            parent=comment.parent_id,
            name=comment.author_name,
            tint=(comment.author_id or 0) % TINTS,
            monogram=monogram(comment.author_name),
            has_page=author is not None and author.is_active,
            role=self._role(comment),
            kind=comment.get_kind_display() if comment.kind else "",
            at=comment.created_at,
            is_edited=comment.edited_at is not None,
            is_picked=comment.picked_at is not None,
            html=comment.shown_html,
            replied_to=parent.author_name if parent and parent.is_published else "",
            parent_where=_parent_where(row),
            **self._passage_props(comment),
            votes=comment.shown_votes,
            own_vote=getattr(comment, "own_vote", None),
            is_mine=is_mine,
            is_young=is_mine and comment.is_young,
            is_new=row.is_new,
            next_new=row.next_new,
            next_thread=row.next_thread,
            is_muted=not is_mine and comment.author_id in self.choices.muted_person,
            is_followed=self._is_followed(comment),
        )

    def _placeholder_props(self, comment: Comment) -> PlaceholderProps:
        reason = comment.get_removal_reason_display() if comment.removal_reason else ""
        return PlaceholderProps(
            id=comment.pk,
            depth=comment.depth,
            status=str(comment.get_status_display()),
            reason=str(reason),
            at=comment.status_at or comment.created_at,
            is_mine=self._is_mine(comment) and comment.status != comment.Status.DELETED,
        )

    def _is_mine(self, comment: Comment) -> bool:
        return self.reader is not None and comment.author_id == self.reader

    def _is_followed(self, comment: Comment) -> bool | None:
        if self.reader is None or comment.root_id:
            return None
        return comment.pk in self.choices.thread

    def _role(self, comment: Comment) -> str:
        if comment.author_id and comment.author_id == self.article_author:
            return "author"
        return "moderator" if comment.author and comment.author.is_staff else ""

    def _passage_props(self, comment: Comment) -> dict[str, str]:
        """Return what a comment shows of its passage: nothing on the page of that passage."""
        words, passage = comment.passage_words, comment.passage
        if not words or words == self.shown_words:
            return {"passage": "", "passage_start": "", "passage_was": ""}
        if passage is None or passage.gone_at:
            return {"passage": "", "passage_start": "", "passage_was": words}
        return {
            "passage": f"{self.article_url}{passage.fragment}",
            "passage_start": Truncator(words).chars(PASSAGE_START_LENGTH),
            "passage_was": words if comment.passage_has_changed else "",
        }


def _parent_where(row: Row) -> str:
    """Return how far away the parent is; nothing if the lines of the thread show it."""
    if row.parent is None or 0 < row.level < 4:
        return ""
    if row.level == 0:
        return "elsewhere"
    return "flat" if row.is_flat else "near"


@lru_cache(CACHED_COMMENTS)
def _render_comment(comment: CommentProps, page: tuple[Any, ...]) -> Markup:
    author_address = reverse("person", args=[comment.name]) if comment.has_page else ""
    context = {**_context(comment, page), "author_address": author_address}
    return _render("rendered_comment/published.html", context)


@lru_cache(CACHED_COMMENTS)
def _render_placeholder(comment: PlaceholderProps, page: tuple[Any, ...]) -> Markup:
    return _render("rendered_comment/placeholder.html", _context(comment, page))


def _render(template: str, context: dict[str, Any]) -> Markup:
    html = get_template(template, using="jinja2").render(context)
    return Markup(html)  # noqa: S704 - the template escapes


def _context(comment: CommentProps | PlaceholderProps, page: tuple[Any, ...]) -> dict[str, Any]:
    is_open, signed_in, may_moderate, downvotes, *_ = page
    address = f"{_comments_address()}{comment.id}/"
    return {
        "comment": comment,
        "moment": moment_of(comment.at),
        "is_open": is_open,
        "signed_in": signed_in,
        "moderates": may_moderate,
        "downvotes": downvotes,
        "address": address,
        "comments_address": _comments_address(),
        "moderation_address": f"{address}moderate/",
        **phrases(),
    }


@lru_cache
def _comments_address() -> str:
    return reverse("comment", args=[0]).removesuffix("0/")
