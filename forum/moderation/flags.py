"""What is read of flags: what a moderator sees of those on a page of the queue, and what became of one's own."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import Count, F, Sum, Window
from django.db.models.functions import RowNumber

from forum.models import Comment, Flag

OWN_PER_PAGE = 30
# A moderator reads the latest; how many there are is said by their reasons.
NEWEST_SHOWN = 5


class Said(NamedTuple):
    """So many readers gave this reason; their flags weigh so much, in hundredths of one person."""

    reason: str
    readers: int
    weight: int


@dataclass
class OnComment:
    """The open flags on one comment: by reason, the heaviest first, and the newest of them with their notes."""

    by_reason: list[Said] = field(default_factory=list)
    newest: list[Flag] = field(default_factory=list)


@dataclass
class OwnFlags:
    flags: list[Flag]
    next_cursor: int | None


def flags_on(comments: Iterable[Comment]) -> dict[int, OnComment]:
    """By the key of each comment that has any. Two queries, however many comments."""
    keys = [comment.pk for comment in comments]
    found: dict[int, OnComment] = {}
    flags = Flag.objects.open().filter(comment__in=keys)
    sums = flags.values_list("comment", "reason__name").annotate(Count("pk"), total=Sum("weight"))
    for comment, *said in sums.order_by("-total", "reason__position", "reason__name"):
        found.setdefault(comment, OnComment()).by_reason.append(Said(*said))
    by_comment = Window(RowNumber(), partition_by=F("comment"), order_by=F("pk").desc())
    newest = flags.annotate(row=by_comment).filter(row__lte=NEWEST_SHOWN).select_related("reason", "person")
    for flag in newest.order_by("-pk") if found else []:
        found[flag.comment_id].newest.append(flag)
    return found


def own_flags(person: Any, *, after: int | None = None) -> OwnFlags:
    """The newest first."""
    flags = Flag.objects.filter(person=person)
    flags = flags.select_related("reason", "comment__author", "comment__discussion__article")
    if after:
        flags = flags.filter(pk__lt=after)
    found = list(flags.order_by("-pk")[: OWN_PER_PAGE + 1])
    shown = found[:OWN_PER_PAGE]
    return OwnFlags(shown, shown[-1].pk if len(found) > len(shown) else None)
