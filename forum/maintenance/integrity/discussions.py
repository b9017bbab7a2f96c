"""The counts of a discussion, and its pinned comment."""

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Count, F
from django.db.models.query import QuerySet

from forum.discussion.models.comment import Comment
from forum.discussion.models.discussion import Discussion
from forum.maintenance.integrity.check import Range
from forum.maintenance.integrity.mismatch import Mismatch, differences

NAMES = ("comment_count", "passage_counts", "pinned")


def find(keys: Range) -> Iterator[Mismatch]:
    counts, about = _counts(keys), _counts_about_passages(keys)
    for pk, *values in (
        Discussion.objects.filter(pk__range=keys).order_by("pk").values_list("pk", *NAMES)
    ):
        found = dict(zip(NAMES, values, strict=True))
        right = {"comment_count": counts.get(pk, 0), "passage_counts": about.get(pk, {})}
        yield from differences(f"discussion {pk}", Discussion, pk, found, right)
    elsewhere = (
        Discussion.objects.filter(pk__range=keys)
        .exclude(pinned=None)
        .exclude(pinned__discussion=F("pk"))
    )
    for pk, pinned in elsewhere.values_list("pk", "pinned"):
        yield from differences(
            f"discussion {pk}", Discussion, pk, {"pinned": pinned}, {"pinned": None}
        )


def _published(keys: Range) -> QuerySet[Comment]:
    return Comment.objects.filter(
        discussion__pk__range=keys, status=Comment.Status.PUBLISHED
    ).order_by()


def _counts(keys: Range) -> dict[int, int]:
    return dict(_published(keys).values_list("discussion").annotate(count=Count("pk")))


def _counts_about_passages(keys: Range) -> dict[int, dict[str, int]]:
    counts: defaultdict[int, dict[str, int]] = defaultdict(dict)
    about = (
        _published(keys).filter(passage__isnull=False).values_list("discussion", "passage__anchor")
    )
    for discussion, anchor, count in about.annotate(count=Count("pk")):
        counts[discussion][anchor] = count
    return counts
