"""Readers' questions and corrections for the editors, open or resolved."""

from dataclasses import dataclass

from database.keyset import page_of
from forum.discussion.models.comment import Comment
from forum.discussion.rendering.references import fill_in

ASKED_PER_PAGE = 30


@dataclass
class AskedPage:
    kind: str
    is_resolved: bool
    comments: list[Comment]
    next_cursor: int | None


def asked_page(kind: str, *, is_resolved: bool = False, after: int | None = None) -> AskedPage:
    comments = Comment.objects.asked(kind, is_resolved=is_resolved).select_related(
        "author", "passage", "discussion__article"
    )
    found, next_cursor = page_of(comments, after=after, number=ASKED_PER_PAGE)
    fill_in(found)
    return AskedPage(kind, is_resolved, found, next_cursor)
