"""A plan as rows of the database, with the numbers that the verbs
of discussion and comment would have written.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import islice
from typing import Any

from forum.discussion.models.comment import NEAREST_ANCESTORS, Comment
from forum.maintenance.generation.plan import Plan
from forum.maintenance.generation.shape import NOBODY
from forum.votes.ranking import rank

Row = tuple[Any, ...]
# A discussion is held within a day of its beginning.
SPAN = timedelta(days=1)
SPAN_IN_MICROSECONDS = SPAN // timedelta(microseconds=1)

COMMENT_COLUMNS = (
    "id discussion_id author_id parent_id root_id depth lineage place sibling child_count"
    " thread_length reply_count has_place answered body html edition passage_words helpful "
    "unhelpful"
    " ranked_helpful ranked_unhelpful rank key status removal_reason created_at"
).split()
VOTE_COLUMNS = "comment_id voter_id author_id value left_out created_at".split()

rank_of = lru_cache(maxsize=4096)(rank)


@dataclass
class Rows:
    plan: Plan
    discussion: int
    people: list[int]
    author: int | None  # of the article
    first: int  # the key of the first comment
    begins_at: datetime
    null: Any  # how the database is told that there is no value
    text: Any  # and how words are

    def comments(self) -> Iterator[Row]:
        shape, key, null = self.plan.shape, self.first, self.null
        bodies = [(self.text(body.text), self.text(body.html)) for body in self.plan.bodies]
        columns = zip(
            shape.parents, shape.roots, shape.depths, shape.places,
            shape.siblings, shape.children, shape.lengths, strict=True,
        )  # fmt: skip
        for position, (parent, root, depth, place, sibling, children, length) in enumerate(columns):
            answered = self.plan.answers.get(position, NOBODY)
            helpful, unhelpful = self.plan.votes.get(position, (0, 0))
            body, html = bodies[int(self.plan.chance.random() * len(bodies))]
            is_head = parent == NOBODY
            yield (
                key + position, self.discussion, self.speaker(position),
                null if is_head else key + parent, null if is_head else key + root,
                depth, self.ancestor_ids(position), place, sibling, children, length, length,
                True, null if answered == NOBODY else key + answered,
                body, html, 1, "",
                helpful, unhelpful, helpful, unhelpful, rank_of(helpful, unhelpful),
                f"generated-{key + position}", Comment.Status.PUBLISHED.value, "",
                self.time(position),
            )  # fmt: skip

    def votes(self) -> Iterator[Row]:
        """Those who vote sit beside one another; the seat of the first is drawn."""
        for position, (helpful, unhelpful) in self.plan.votes.items():
            comment, author, at = self.first + position, self.speaker(position), self.time(position)
            for seat, voter in enumerate(self._voters(author, helpful + unhelpful)):
                yield comment, voter, author, 1 if seat < helpful else -1, "", at

    def speaker(self, position: int) -> int | None:
        seat = self.plan.speakers[position]
        return self.author if seat == NOBODY else self.people[seat]

    def ancestor_ids(self, position: int) -> str:
        return str(
            [self.first + each for each in self.plan.shape.ancestors(position, NEAREST_ANCESTORS)]
        )

    def time(self, position: int) -> str:
        """Evenly, so that whoever comes later is later."""
        microseconds = SPAN_IN_MICROSECONDS * (2 * position + 1) // (2 * len(self.plan))
        return f"{_moment(self.begins_at, microseconds // 1_000_000)}.{microseconds % 1_000_000:06}"

    def _voters(self, author: int | None, number: int) -> Iterator[int]:
        first = int(len(self.people) * self.plan.chance.random())
        seats = self.people[first:] + self.people[:first]
        return islice((voter for voter in seats if voter != author), number)


@lru_cache(maxsize=1)  # many comments share the second with the one before
def _moment(begins_at: datetime, seconds: int) -> str:
    return str(begins_at + timedelta(seconds=seconds))
