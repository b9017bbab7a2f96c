from dataclasses import dataclass
from typing import Any

from forum.models import Moderator
from forum.models.moderator import moderates_everything


@dataclass(frozen=True)
class Reach:
    """What somebody moderates: the whole site, or what is under some topics."""

    topics: frozenset[int] | None  # their keys; None: the whole site

    @property
    def is_whole(self) -> bool:
        return self.topics is None

    def includes(self, topic: int | None) -> bool:
        return self.topics is None or topic in self.topics


WHOLE = Reach(None)


def reach_of(person: Any) -> Reach | None:
    """None for whoever moderates nothing."""
    if moderates_everything(person):
        return WHOLE
    topics = list(Moderator.objects.of(person).values_list("topic", flat=True))
    if None in topics:
        return WHOLE
    return Reach(frozenset(topic for topic in topics if topic)) if topics else None
