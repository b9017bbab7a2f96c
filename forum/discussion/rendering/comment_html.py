"""From the rows of a page to markup. What was printed once is kept: the same comments stand on many
pages, and look different only where something of what is printed is different.
"""

from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.conf import settings
from django.template.loader import get_template
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import get_language
from markupsafe import Markup

from articles.models import Passage
from forum.discussion.models.comment import Comment
from forum.discussion.models.discussion import Discussion
from forum.discussion.rendering.references import fill_in
from forum.discussion.rendering.timestamps import moments
from forum.discussion.rendering.translations import phrases
from forum.discussion.tree import Row
from forum.people.models.moderator import moderates_everything

# About 3 KB each, for each process.
KEPT = 5_000
PASSAGE_START_LENGTH = 80
TINTS = 6  # of monograms, see static/css/forum.css


class Printed(NamedTuple):
    """All that the markup of one comment is made of, and nothing
    that it is not: the key under which it is kept.
    """

    id: int
    depth: int
    parent: int | None
    name: str
    tint: int
    monogram: str
    has_page: bool  # the author, here
    role: str
    kind: str
    at: datetime
    is_edited: bool
    is_picked: bool
    html: str
    answered: str  # the name of whoever it answers
    answered_where: str  # "near", in the list above; "flat", in the same one; "elsewhere"
    passage: str  # its address, where there is one
    passage_start: str
    passage_was: str
    votes: str
    own_vote: int | None
    is_mine: bool
    is_young: bool
    is_new: bool
    next_new: int
    next_thread: int


class Gone(NamedTuple):
    id: int
    depth: int
    status: str
    reason: str
    at: datetime
    is_mine: bool  # taken away by others: the reasons are on its page


def moderates(discussion: Discussion, person: Any) -> bool:
    """Without a query for readers: what the reading found of them, and for staff their permission."""
    return discussion.reader_moderates or (person.is_staff and moderates_everything(person))


class Printer:
    """What the comments of one page have in common, for the person who reads it."""

    def __init__(
        self, discussion: Discussion, person: Any, *, about: Passage | None = None
    ) -> None:
        self.writer = discussion.article.author_id
        self.article = discussion.article.get_absolute_url()
        self.me = person.pk
        self.shown_words = about.words if about else ""
        may = moderates(discussion, person)
        self.quoted: set[int] = set()  # the articles from which these comments quote
        self.page = (
            discussion.is_open,
            self.me is not None,
            may,
            settings.DOWNVOTES,
            get_language(),
        )

    def print(self, rows: list[Row]) -> str:
        self.quoted = fill_in(row.comment for row in rows if row.comment.is_published)
        shared = {
            "article_of": self.article_of,
            "comments_address": _comments_address(),
            **phrases(),
        }
        return get_template("rendered_comment/thread.html", using="jinja2").render({"rows": rows, **shared})

    def article_of(self, row: Row) -> Markup:
        comment: Comment = row.comment
        return _printed(
            self._printed(comment, row) if comment.is_published else self._gone(comment), self.page
        )

    def _printed(self, comment: Comment, row: Row) -> Printed:
        author, is_mine = comment.author, self.me is not None and comment.author_id == self.me
        answered = row.parent.comment if row.parent else None
        return Printed(
            id=comment.pk,
            depth=comment.depth,
            parent=comment.parent_id,
            name=comment.author_name,
            tint=(comment.author_id or 0) % TINTS,
            monogram=_monogram(comment.author_name),
            has_page=author is not None and author.is_active,
            role=self._role(comment),
            kind=comment.get_kind_display() if comment.kind else "",
            at=comment.created_at,
            is_edited=comment.edited_at is not None,
            is_picked=comment.picked_at is not None,
            html=comment.shown_html,
            answered=answered.author_name if answered and answered.is_published else "",
            answered_where=_where(row),
            **self._passage(comment),
            votes=comment.shown_votes,
            own_vote=getattr(comment, "own_vote", None),
            is_mine=is_mine,
            is_young=is_mine and comment.is_young,
            is_new=row.is_new,
            next_new=row.next_new,
            next_thread=row.next_thread,
        )

    def _gone(self, comment: Comment) -> Gone:
        at = comment.status_at or comment.created_at
        reason = comment.get_removal_reason_display() if comment.removal_reason else ""
        is_mine = (
            self.me is not None
            and comment.author_id == self.me
            and comment.status != comment.Status.DELETED
        )
        return Gone(
            comment.pk, comment.depth, str(comment.get_status_display()), str(reason), at, is_mine
        )

    def _role(self, comment: Comment) -> str:
        if comment.author_id and comment.author_id == self.writer:
            return "author"
        return "moderator" if comment.author and comment.author.is_staff else ""

    def _passage(self, comment: Comment) -> dict[str, str]:
        """Beside a passage that is shown, its words are not said again with each comment."""
        words, passage = comment.passage_words, comment.passage
        if not words or words == self.shown_words:
            return {"passage": "", "passage_start": "", "passage_was": ""}
        if passage is None or passage.gone_at:
            return {"passage": "", "passage_start": "", "passage_was": words}
        was = words if comment.passage_has_changed else ""
        return {
            "passage": f"{self.article}{passage.fragment}",
            "passage_start": Truncator(words).chars(PASSAGE_START_LENGTH),
            "passage_was": was,
        }


def _monogram(name: str) -> str:
    words = name.split()
    return "".join(word[0] for word in (words[0], *words[1:][-1:])).upper()


def _where(row: Row) -> str:
    """How far away whoever it answers stands; nothing where the lines of the thread show it."""
    if row.parent is None or 0 < row.level < 4:
        return ""
    return ("flat" if row.is_flat else "near") if row.level else "elsewhere"


@lru_cache(KEPT)
def _printed(comment: Printed | Gone, page: tuple[Any, ...]) -> Markup:
    is_open, signed_in, may, downvotes, _language = page
    shared = {"is_open": is_open, "signed_in": signed_in, "moderates": may, "downvotes": downvotes}
    addresses = {
        "address": f"{_comments_address()}{comment.id}/",
        "comments_address": _comments_address(),
        "author_address": _person_address(comment.name)
        if isinstance(comment, Printed) and comment.has_page
        else "",
        "moderation_address": f"{_comments_address()}{comment.id}/moderate/",
    }
    template = "rendered_comment/published.html" if isinstance(comment, Printed) else "rendered_comment/placeholder.html"
    shown = {
        "comment": comment,
        "moment": moments()(comment.at),
        **shared,
        **addresses,
        **phrases(),
    }
    return Markup(get_template(template, using="jinja2").render(shown))  # noqa: S704 - the template escapes


@lru_cache
def _comments_address() -> str:
    return reverse("comment", args=[0]).removesuffix("0/")


def _person_address(username: str) -> str:
    return reverse("person", args=[username])
