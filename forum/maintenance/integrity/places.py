"""Where a comment stands below the one it answers: its thread, its depth, the ids above it."""

from collections.abc import Iterator
from typing import NamedTuple

from forum.discussion.models.comment import NEAREST_ANCESTORS, Comment
from forum.maintenance.integrity.drift import Drift, differing
from forum.maintenance.integrity.subject import Range

NAMES = ("discussion", "root", "depth", "ancestor_ids")


class Place(NamedTuple):
    discussion: int
    root: int | None
    depth: int
    ancestor_ids: list[int]

    def below(self, pk: int) -> "Place":
        """Of an answer to the comment with this key, which stands here."""
        ancestor_ids = [*self.ancestor_ids, pk][-NEAREST_ANCESTORS:]
        return Place(self.discussion, self.root or pk, self.depth + 1, ancestor_ids)


def look(keys: Range) -> Iterator[Drift]:
    """An answer is younger than what it answers: what is right is
    known of the one above when its answers come.
    """
    known: dict[int, Place] = {}
    above = [f"parent__{name}" for name in NAMES]
    comments = Comment.objects.filter(pk__range=keys).order_by("pk")
    for pk, parent, *values in comments.values_list("pk", "parent", *NAMES, *above):
        found, place_above = Place(*values[:4]), Place(*values[4:])
        right = Place(found.discussion, None, 0, [])
        if parent is not None:
            right = known.get(parent, place_above).below(parent)
        known[pk] = right
        yield from differing(f"comment {pk}", Comment, pk, found._asdict(), right._asdict())
