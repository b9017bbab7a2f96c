"""Objections that wait, as moderators read them."""

from typing import Any

from forum.models import Objection

OBJECTIONS_PER_PAGE = 30
ABOUT = ("person", "action__person", "action__moderator", "action__comment__discussion__article__topic")


def objections_page(moderator: Any, *, after: int | None = None) -> tuple[list[Objection], int | None]:
    """The oldest first, and the cursor behind which it goes on."""
    objections = Objection.objects.waiting().in_reach_of(moderator).select_related(*ABOUT)
    if after:
        objections = objections.filter(pk__gt=after)
    found = list(objections[: OBJECTIONS_PER_PAGE + 1])
    shown = found[:OBJECTIONS_PER_PAGE]
    return shown, shown[-1].pk if len(found) > len(shown) else None
