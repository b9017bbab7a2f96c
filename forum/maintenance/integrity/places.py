"""The place of a comment below its parent: its discussion, thread, depth and ancestors."""

from collections.abc import Iterator
from typing import NamedTuple

from forum.discussion.models.comment import NEAREST_ANCESTORS, Comment
from forum.maintenance.integrity.check import Range
from forum.maintenance.integrity.mismatch import Mismatch, differences

NAMES = ("discussion", "root", "depth", "ancestor_ids")


class Place(NamedTuple):
    discussion: int
    root: int | None
    depth: int
    ancestor_ids: list[int]

    def below(self, pk: int) -> "Place":
        """Return the place of a reply to the comment that has this key and place."""
        ancestor_ids = [*self.ancestor_ids, pk][-NEAREST_ANCESTORS:]
        return Place(self.discussion, self.root or pk, self.depth + 1, ancestor_ids)


def find(keys: Range) -> Iterator[Mismatch]:
    """Compare each comment with its parent, which has a lower key: its right place is known by
    then.
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
        yield from differences(f"comment {pk}", Comment, pk, found._asdict(), right._asdict())
