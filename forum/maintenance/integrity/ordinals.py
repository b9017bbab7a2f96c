"""The numbers of replies in their thread and below their parent, and how many were given."""

from collections.abc import Iterator
from functools import partial
from itertools import groupby, pairwise
from operator import itemgetter

from django.db import connection
from django.db.models import Count, Max
from django.db.models.query import QuerySet

from forum.discussion.models.comment import Comment
from forum.log.models.action import ModerationAction
from forum.maintenance.integrity.check import Range
from forum.maintenance.integrity.mismatch import Mismatch, put

AT_ONCE = 2000
COLUMNS = {"reply_number": "place", "sibling_number": "sibling"}
RENUMBER = """
UPDATE forum_comment SET {column} = numbered.number
  FROM (SELECT id AS key, ROW_NUMBER() OVER (ORDER BY id) AS number
          FROM forum_comment WHERE {above}_id = %s) AS numbered
 WHERE forum_comment.id = numbered.key
"""


def find_threads(keys: Range) -> Iterator[Mismatch]:
    return _find(keys, above="root", ordinal="reply_number", count="thread_length")


def find_answers(keys: Range) -> Iterator[Mismatch]:
    return _find(keys, above="parent", ordinal="sibling_number", count="child_count")


def _find(keys: Range, *, above: str, ordinal: str, count: str) -> Iterator[Mismatch]:
    replies = Comment.objects.filter(**{f"{above}__pk__range": keys})
    highest = dict(replies.order_by().values_list(above).annotate(highest=Max(ordinal)))
    disordered = {
        key: found
        for key, found in _disorder(replies, above, ordinal)
        if ordinal == "sibling_number" or not _was_split(key)
    } | _doubled(replies, above, ordinal)
    for key, counted in (
        Comment.objects.filter(pk__range=keys).order_by("pk").values_list("pk", count)
    ):
        right = highest.get(key, 0)
        if key in disordered:
            repair = partial(_renumber, key, above=above, ordinal=ordinal, count=count)
            yield Mismatch(
                f"below comment {key}", ordinal, disordered[key], "in the order of writing", repair
            )
        elif counted < right or (counted > right and not _was_split(key)):
            yield Mismatch(
                f"comment {key}",
                count,
                counted,
                right,
                partial(put, Comment, key, **{count: right}),
            )


def _disorder(replies: QuerySet[Comment], above: str, ordinal: str) -> Iterator[tuple[int, str]]:
    """Yield each thread in which a later reply has the lower number. A thread may not fit in
    memory.
    """
    rows = (
        replies.order_by(above, ordinal, "pk").values_list(above, ordinal, "pk").iterator(AT_ONCE)
    )
    for key, numbered in groupby(rows, itemgetter(0)):
        for (_, number, earlier), (_, next_number, later) in pairwise(numbered):
            if later < earlier:
                yield key, f"{number} on {earlier}, {next_number} on {later}"
                break


def _doubled(replies: QuerySet[Comment], above: str, ordinal: str) -> dict[int, str]:
    numbers = replies.order_by().values_list(above, ordinal).annotate(times=Count("pk"))
    return {
        key: f"{number} on {times} comments" for key, number, times in numbers.filter(times__gt=1)
    }


def _was_split(key: int) -> bool:
    """Return True if a branch was split away from there: its numbers are missing, or come late."""
    split = ModerationAction.objects.filter(kind=ModerationAction.Kind.SPLIT)
    return split.filter(comment__discussion__comments=key).exists()


def _renumber(key: int, *, above: str, ordinal: str, count: str) -> None:
    column = COLUMNS[ordinal]
    with connection.cursor() as cursor:
        cursor.execute(RENUMBER.format(column=column, above=above), [key])
    put(Comment, key, **{count: Comment.objects.filter(**{above: key}).count()})
