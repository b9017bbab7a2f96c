"""What became of one's own flags."""

from typing import Any

from database.keyset import page_of
from forum.flags.models.flag import Flag

OWN_PER_PAGE = 30


def own_flags(person: Any, *, after: int | None = None) -> tuple[list[Flag], int | None]:
    """The newest first, and the cursor behind which it goes on."""
    flags = Flag.objects.filter(person=person)
    flags = flags.select_related("reason", "comment__author", "comment__discussion__article")
    return page_of(flags, after=after, number=OWN_PER_PAGE)
