"""The counts of a discussion, and its pinned comment."""

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Count, F
from django.db.models.query import QuerySet

from forum.discussion.models.comment import Comment
from forum.discussion.models.discussion import Discussion
from forum.maintenance.integrity.check import Range
from forum.maintenance.integrity.mismatch import Mismatch, differences


def find(keys: Range) -> Iterator[Mismatch]:
    counts, about = _counts(keys), _counts_about_passages(keys)
    discussions = Discussion.objects.filter(pk__range=keys).order_by("pk")
    for row in discussions.values("pk", "comment_count", "passage_counts"):
        key = row["pk"]
        right = {"comment_count": counts.get(key, 0), "passage_counts": about.get(key, {})}
        yield from differences(f"discussion {key}", Discussion, key, row, right)
    pinned = discussions.exclude(pinned=None).exclude(pinned__discussion=F("pk"))
    for key, comment in pinned.values_list("pk", "pinned"):
        stored, right = {"pinned": comment}, {"pinned": None}
        yield from differences(f"discussion {key}", Discussion, key, stored, right)


def _published(keys: Range) -> QuerySet[Comment]:
    comments = Comment.objects.filter(discussion__pk__range=keys).order_by()
    return comments.filter(status=Comment.Status.PUBLISHED)


def _counts(keys: Range) -> dict[int, int]:
    return dict(_published(keys).values_list("discussion").annotate(count=Count("pk")))


def _counts_about_passages(keys: Range) -> dict[int, dict[str, int]]:
    counts: defaultdict[int, dict[str, int]] = defaultdict(dict)
    about = _published(keys).filter(passage__isnull=False)
    rows = about.values_list("discussion", "passage__anchor").annotate(count=Count("pk"))
    for discussion, anchor, count in rows:
        counts[discussion][anchor] = count
    return counts
