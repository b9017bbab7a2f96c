"""The values of a thread on its first comment: counts, and the author's latest reply."""

from collections.abc import Iterator

from django.db.models import Count, F, Max

from forum.discussion.models.comment import Comment
from forum.maintenance.integrity.check import Range
from forum.maintenance.integrity.mismatch import Mismatch, differences

NAMES = ("reply_count", "is_listed", "latest_author_reply")


def find(keys: Range) -> Iterator[Mismatch]:
    replies = Comment.objects.filter(root__pk__range=keys).order_by()
    published = replies.filter(status=Comment.Status.PUBLISHED)
    counts = dict(published.values_list("root").annotate(count=Count("pk")))
    by_author = published.filter(author=F("discussion__article__author"))
    latest = dict(by_author.values_list("root").annotate(latest=Max("pk")))
    heads = Comment.objects.filter(pk__range=keys, parent=None).order_by("pk")
    for head in heads.values("pk", "status", *NAMES):
        key = head["pk"]
        count = counts.get(key, 0)
        right = {
            "reply_count": count,
            "is_listed": head["status"] in Comment.SHOWN or count > 0,
            "latest_author_reply": latest.get(key),
        }
        yield from differences(f"comment {key}", Comment, key, head, right)
