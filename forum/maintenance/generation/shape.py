"""Decide which comment each comment of a generated discussion replies to.

Each comment replies to any earlier one with the same chance. So long threads grow faster, and there
are a few huge threads and many small ones, as in real discussions (G. U. Yule, "A Mathematical
Theory of Evolution", Philosophical Transactions of the Royal Society B 213, 1925).
"""

from array import array
from dataclasses import dataclass, field
from random import Random

# So many of the comments begin a thread, where the number of threads is not given.
NEW_THREADS = 0.3
# And where it is, so many of the replies answer the latest comment of their thread.
GOES_DOWN = 0.5
NOBODY = -1


def numbers() -> "array[int]":
    return array("i")


@dataclass
class Shape:
    """Columns of comments, by their position from 0 in the order of time."""

    parents: "array[int]" = field(default_factory=numbers)
    roots: "array[int]" = field(default_factory=numbers)  # of a thread's first comment: itself
    depths: "array[int]" = field(default_factory=numbers)
    places: "array[int]" = field(default_factory=numbers)
    siblings: "array[int]" = field(default_factory=numbers)
    children: "array[int]" = field(default_factory=numbers)
    lengths: "array[int]" = field(
        default_factory=numbers
    )  # replies in its thread, of a thread's first comment

    def __len__(self) -> int:
        return len(self.parents)

    def add(self, parent: int) -> None:
        root = place = sibling = depth = 0
        if parent == NOBODY:
            root = len(self)
        else:
            root, depth = self.roots[parent], self.depths[parent] + 1
            self.lengths[root] = place = self.lengths[root] + 1
            self.children[parent] = sibling = self.children[parent] + 1
        self.parents.append(parent)
        self.roots.append(root)
        self.depths.append(depth)
        self.places.append(place)
        self.siblings.append(sibling)
        self.children.append(0)
        self.lengths.append(0)

    def ancestors(self, position: int, most: int) -> list[int]:
        """Return the nearest ancestors, the eldest first."""
        found: list[int] = []
        position = self.parents[position]
        while position != NOBODY and len(found) < most:
            found.append(position)
            position = self.parents[position]
        return found[::-1]


def grow(comments: int, *, levels: int, threads: int | None, chance: Random) -> Shape:
    """Return the shape. A given number of threads makes all of one length."""
    shape = Shape()
    for _ in range(comments):
        shape.add(
            _in_turn(shape, levels, threads, chance)
            if threads
            else _anywhere(shape, levels, chance)
        )
    return shape


def _in_turn(shape: Shape, levels: int, threads: int, chance: Random) -> int:
    """Return the parent of the next comment: each thread in turn gets a reply to its latest or
    first comment.
    """
    latest = len(shape) - threads
    if latest < 0 or levels == 1:
        return NOBODY
    goes_down = shape.depths[latest] < levels - 1 and chance.random() < GOES_DOWN
    return latest if goes_down else shape.roots[latest]


def _anywhere(shape: Shape, levels: int, chance: Random) -> int:
    """Return the parent of the next comment: first one thread grows to the deepest level, then any
    comment may get a reply.
    """
    position = len(shape)
    if position < levels:
        return position - 1
    if chance.random() < NEW_THREADS:
        return NOBODY
    chosen = int(chance.random() * position)
    # Whoever would answer too deep answers what that comment answered.
    return chosen if shape.depths[chosen] < levels - 1 else shape.parents[chosen]
