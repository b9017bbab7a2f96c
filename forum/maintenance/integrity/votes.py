"""The counts of votes on a comment, its rank, and the author that a vote names."""

from collections.abc import Iterator

from django.db.models import Count, F, Q

from forum.discussion.models.comment import Comment
from forum.maintenance.integrity.check import Range
from forum.maintenance.integrity.mismatch import Mismatch, differences
from forum.votes.models import COUNTS, Vote
from forum.votes.ranking import rank

NAMES = (*COUNTS, "rank")
HELPFUL, UNHELPFUL, RANKED = Q(value=1), Q(value=-1), Q(left_out="")


def find(keys: Range) -> Iterator[Mismatch]:
    counts = _counts(keys)
    for pk, *values in (
        Comment.objects.filter(pk__range=keys).order_by("pk").values_list("pk", *NAMES)
    ):
        right = counts.get(pk, dict.fromkeys(COUNTS, 0))
        right["rank"] = rank(right["ranked_helpful"], right["ranked_unhelpful"])
        yield from differences(
            f"comment {pk}", Comment, pk, dict(zip(NAMES, values, strict=True)), right
        )
    for pk, found, author in _for_somebody_else(keys):
        yield from differences(f"vote {pk}", Vote, pk, {"author": found}, {"author": author})


def _counts(keys: Range) -> dict[int, dict[str, int]]:
    votes = Vote.objects.filter(comment__pk__range=keys).order_by().values_list("comment")
    counted = votes.annotate(
        helpful=Count("pk", filter=HELPFUL),
        unhelpful=Count("pk", filter=UNHELPFUL),
        ranked_helpful=Count("pk", filter=HELPFUL & RANKED),
        ranked_unhelpful=Count("pk", filter=UNHELPFUL & RANKED),
    )
    return {comment: dict(zip(COUNTS, counts, strict=True)) for comment, *counts in counted}


def _for_somebody_else(keys: Range) -> Iterator[tuple[int, int | None, int | None]]:
    author = Q(author=F("comment__author")) | Q(author=None, comment__author=None)
    votes = Vote.objects.filter(comment__pk__range=keys).filter(~author).order_by("pk")
    yield from votes.values_list("pk", "author", "comment__author").iterator()
