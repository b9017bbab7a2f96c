"""Objections that wait, as moderators read them."""

from database.keyset import page_of
from forum.moderation.models.objection import Objection
from forum.people.scope import ModeratorScope

OBJECTIONS_PER_PAGE = 30
ABOUT = (
    "person",
    "action__person",
    "action__moderator",
    "action__comment__discussion__article__topic",
)


def objections_page(
    scope: ModeratorScope, *, after: int | None = None
) -> tuple[list[Objection], int | None]:
    """The oldest first, and the cursor behind which it goes on."""
    waiting = Objection.objects.waiting()
    objections = waiting if scope.topics is None else waiting.under_topics(scope.topics)
    return page_of(
        objections.select_related(*ABOUT), after=after, number=OBJECTIONS_PER_PAGE, descending=False
    )
