"""What readers ask of the editors: questions and corrections, those to be settled before those that are."""

from dataclasses import dataclass

from forum.models import Comment

ASKED_PER_PAGE = 30


@dataclass
class AskedPage:
    kind: str
    is_settled: bool
    comments: list[Comment]
    next_cursor: int | None


def asked_page(kind: str, *, is_settled: bool = False, after: int | None = None) -> AskedPage:
    comments = Comment.objects.asked(kind, is_settled=is_settled).select_related(
        "author", "passage", "discussion__article"
    )
    if after:
        comments = comments.filter(pk__lt=after)
    found = list(comments.order_by("-pk")[: ASKED_PER_PAGE + 1])
    shown = found[:ASKED_PER_PAGE]
    return AskedPage(kind, is_settled, shown, shown[-1].pk if len(found) > len(shown) else None)
