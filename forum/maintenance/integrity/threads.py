"""The values of a thread on its first comment: counts, and the author's latest reply."""

from collections.abc import Iterator

from django.db.models import Count, F, Max

from forum.discussion.models.comment import Comment
from forum.maintenance.integrity.check import Range
from forum.maintenance.integrity.mismatch import Mismatch, differences

NAMES = ("reply_count", "is_listed", "latest_author_reply")


def find(keys: Range) -> Iterator[Mismatch]:
    published = Comment.objects.filter(
        root__pk__range=keys, status=Comment.Status.PUBLISHED
    ).order_by()
    replies = dict(published.values_list("root").annotate(count=Count("pk")))
    by_author = published.filter(author=F("discussion__article__author"))
    answers = dict(by_author.values_list("root").annotate(latest=Max("pk")))
    heads = Comment.objects.filter(pk__range=keys, parent=None).order_by("pk")
    for pk, status, *values in heads.values_list("pk", "status", *NAMES):
        count = replies.get(pk, 0)
        right = (count, status in Comment.SHOWN or count > 0, answers.get(pk))
        found, should = dict(zip(NAMES, values, strict=True)), dict(zip(NAMES, right, strict=True))
        yield from differences(f"comment {pk}", Comment, pk, found, should)
