"""Decisions about a person, as that person reads them."""

from typing import Any

from forum.models import ModerationAction

STATEMENTS_PER_PAGE = 30


def statements_page(person: Any, *, after: int | None = None) -> tuple[list[ModerationAction], int | None]:
    """The latest first, and the cursor behind which it goes on."""
    actions = ModerationAction.objects.stated().filter(person=person)
    if after:
        actions = actions.filter(pk__lt=after)
    found = list(actions[: STATEMENTS_PER_PAGE + 1])
    shown = found[:STATEMENTS_PER_PAGE]
    return shown, shown[-1].pk if len(found) > len(shown) else None
