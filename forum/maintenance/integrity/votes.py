"""The counts of votes on a comment, its rank, and the author that a vote names."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Count, F, Q

from forum.discussion.models.comment import Comment
from forum.maintenance.integrity.check import Range
from forum.maintenance.integrity.mismatch import Mismatch, differences
from forum.votes.models import COUNTS, Vote
from forum.votes.ranking import rank

HELPFUL, UNHELPFUL = Q(value=Vote.Value.HELPFUL), Q(value=Vote.Value.UNHELPFUL)
RANKED = Q(excluded_because="")
NO_VOTES = dict.fromkeys(COUNTS, 0)


def find(keys: Range) -> Iterator[Mismatch]:
    counts = _counts(keys)
    comments = Comment.objects.filter(pk__range=keys).order_by("pk")
    for row in comments.values("pk", "rank", *COUNTS):
        key = row["pk"]
        right = counts.get(key, NO_VOTES)
        ranked = rank(right["ranked_helpful"], right["ranked_unhelpful"])
        yield from differences(f"comment {key}", Comment, key, row, {**right, "rank": ranked})
    for row in _votes_with_another_author(keys):
        key, author = row["pk"], row["comment__author"]
        yield from differences(f"vote {key}", Vote, key, row, {"author": author})


def _counts(keys: Range) -> dict[int, dict[str, int]]:
    votes = Vote.objects.filter(comment__pk__range=keys).order_by().values("comment")
    rows: Any = votes.annotate(
        helpful=Count("pk", filter=HELPFUL),
        unhelpful=Count("pk", filter=UNHELPFUL),
        ranked_helpful=Count("pk", filter=HELPFUL & RANKED),
        ranked_unhelpful=Count("pk", filter=UNHELPFUL & RANKED),
    )
    return {row.pop("comment"): row for row in rows}


def _votes_with_another_author(keys: Range) -> Iterator[Mapping[str, Any]]:
    votes = Vote.objects.filter(comment__pk__range=keys).order_by("pk")
    same = Q(author=F("comment__author")) | Q(author=None, comment__author=None)
    yield from votes.filter(~same).values("pk", "author", "comment__author").iterator()
