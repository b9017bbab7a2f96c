"""The list of a person's own flags, with their outcomes."""

from typing import Any

from database.keyset import page_of
from forum.flags.models.flag import Flag

OWN_PER_PAGE = 30


def own_flags(person: Any, *, after: int | None = None) -> tuple[list[Flag], int | None]:
    """Return a page of flags, the newest first, and the cursor of the next page."""
    flags = Flag.objects.filter(person=person)
    flags = flags.select_related("reason", "comment__author", "comment__discussion__article")
    return page_of(flags, after=after, number=OWN_PER_PAGE)
