from dataclasses import dataclass
from typing import Any

from forum.people.scope import moderator


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
    who = moderator(person)
    return None if who.is_sanctioned or who.topics == frozenset() else Reach(who.topics)
