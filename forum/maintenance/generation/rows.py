"""Turn a plan into rows, with the numbers that posting the comments would have written."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import islice
from typing import Any

from database.search import stored
from forum.discussion.models.comment import NEAREST_ANCESTORS, Comment
from forum.discussion.words import words_of_comment
from forum.maintenance.generation.plan import Plan
from forum.maintenance.generation.shape import NOBODY
from forum.maintenance.generation.words import Body
from forum.votes.ranking import rank
from text.visible import visible_text

Row = tuple[Any, ...]
# A discussion is held within a day of its beginning.
SPAN = timedelta(days=1)
SPAN_IN_MICROSECONDS = SPAN // timedelta(microseconds=1)

COMMENT_COLUMNS = (
    "id discussion_id author_id parent_id root_id depth lineage place sibling child_count "
    "thread_length reply_count has_place answered body html edition passage_words search_words "
    "helpful unhelpful ranked_helpful ranked_unhelpful rank "
    "key status removal_reason created_at"
).split()
VOTE_COLUMNS = "comment_id voter_id author_id value left_out created_at".split()

rank_of = lru_cache(maxsize=4096)(rank)


@dataclass
class Rows:
    plan: Plan
    discussion: int
    article: int
    people: list[int]
    author: int | None  # of the article
    first: int  # the key of the first comment
    begins_at: datetime
    null: Any  # how the database is told that there is no value
    text: Any  # and how words are

    def comments(self) -> Iterator[Row]:
        shape, key, null = self.plan.shape, self.first, self.null
        bodies = [self._columns(body) for body in self.plan.bodies]
        places = zip(shape.parents, shape.roots, shape.depths, strict=True)
        numbers = zip(shape.places, shape.siblings, shape.children, shape.lengths, strict=True)
        published, chance = Comment.Status.PUBLISHED.value, self.plan.chance.random
        for position, (parent, root, depth) in enumerate(places):
            number, sibling_number, children, length = next(numbers)
            reply = self.plan.answers.get(position, NOBODY)
            votes = self.plan.votes.get(position, (0, 0))
            body, html, words = bodies[int(chance() * len(bodies))]
            pk, is_head = key + position, parent == NOBODY
            above = (null, null) if is_head else (key + parent, key + root)
            yield (
                pk, self.discussion, self.speaker(position), *above, depth,
                self.ancestor_ids(position), number, sibling_number, children, length, length,
                True, null if reply == NOBODY else key + reply, body, html, 1, "", words,
                *votes, *votes, rank_of(*votes),
                f"generated-{pk}", published, "", self.time(position),
            )  # fmt: skip

    def _columns(self, body: Body) -> tuple[str, str, str]:
        words = words_of_comment(visible_text(body.html), article=self.article)
        return self.text(body.text), self.text(body.html), self.text(stored(words))

    def votes(self) -> Iterator[Row]:
        """Yield the votes. Voters have consecutive numbers; the first one is chosen at random."""
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
        """Return the time of a comment. All are evenly distributed, in the order of their keys."""
        microseconds = SPAN_IN_MICROSECONDS * (2 * position + 1) // (2 * len(self.plan))
        return f"{_moment(self.begins_at, microseconds // 1_000_000)}.{microseconds % 1_000_000:06}"

    def _voters(self, author: int | None, number: int) -> Iterator[int]:
        first = int(len(self.people) * self.plan.chance.random())
        seats = self.people[first:] + self.people[:first]
        return islice((voter for voter in seats if voter != author), number)


@lru_cache(maxsize=1)  # many comments share the second with the one before
def _moment(begins_at: datetime, seconds: int) -> str:
    return str(begins_at + timedelta(seconds=seconds))
