"""What the votes for a comment add up to, its rank by them, and whom they were for."""

from collections.abc import Iterator

from django.db.models import Count, F, Q

from forum.discussion.models.comment import Comment
from forum.maintenance.integrity.drift import Drift, differing
from forum.maintenance.integrity.subject import Range
from forum.votes.models import COUNTS, Vote
from forum.votes.ranking import rank

NAMES = (*COUNTS, "rank")
HELPFUL, UNHELPFUL, RANKED = Q(value=1), Q(value=-1), Q(left_out="")


def look(keys: Range) -> Iterator[Drift]:
    counts = _counts(keys)
    for pk, *values in (
        Comment.objects.filter(pk__range=keys).order_by("pk").values_list("pk", *NAMES)
    ):
        right = counts.get(pk, dict.fromkeys(COUNTS, 0))
        right["rank"] = rank(right["ranked_helpful"], right["ranked_unhelpful"])
        yield from differing(
            f"comment {pk}", Comment, pk, dict(zip(NAMES, values, strict=True)), right
        )
    for pk, found, author in _for_somebody_else(keys):
        yield from differing(f"vote {pk}", Vote, pk, {"author": found}, {"author": author})


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
