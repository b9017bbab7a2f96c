"""What became of one's own flags."""

from dataclasses import dataclass
from typing import Any

from forum.models import Flag

OWN_PER_PAGE = 30


@dataclass
class OwnFlags:
    flags: list[Flag]
    next_cursor: int | None


def own_flags(person: Any, *, after: int | None = None) -> OwnFlags:
    """The newest first."""
    flags = Flag.objects.filter(person=person)
    flags = flags.select_related("reason", "comment__author", "comment__discussion__article")
    if after:
        flags = flags.filter(pk__lt=after)
    found = list(flags.order_by("-pk")[: OWN_PER_PAGE + 1])
    shown = found[:OWN_PER_PAGE]
    return OwnFlags(shown, shown[-1].pk if len(found) > len(shown) else None)
