"""Decisions about a person, as that person reads them."""

from typing import Any

from database.keyset import page_of
from forum.log.models.action import ModerationAction

STATEMENTS_PER_PAGE = 30


def statements_page(
    person: Any, *, after: int | None = None
) -> tuple[list[ModerationAction], int | None]:
    """The latest first, and the cursor behind which it goes on."""
    actions = ModerationAction.objects.stated().filter(person=person)
    return page_of(actions, after=after, number=STATEMENTS_PER_PAGE)
