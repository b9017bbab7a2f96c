"""Plan a generated discussion completely, except for its keys, before the first row is written."""

from array import array
from dataclasses import dataclass, field
from random import Random

from forum.maintenance.generation.shape import NOBODY, Shape, grow, numbers
from forum.maintenance.generation.words import Body, bodies

# Of the comments, those that anybody voted on; a few of them get very many votes.
VOTED_ON = 0.1
MOST_COMMON_VOTES = 1.3  # the exponent of Pareto's distribution
UNHELPFUL = 0.15


@dataclass
class Plan:
    shape: Shape
    bodies: list[Body]
    chance: Random
    speakers: "array[int]" = field(
        default_factory=numbers
    )  # positions in the list of people; NOBODY: the author
    answers: dict[int, int] = field(
        default_factory=dict
    )  # of a thread: the latest reply by the article's author
    votes: dict[int, tuple[int, int]] = field(
        default_factory=dict
    )  # of a comment: helpful and unhelpful ones

    def __len__(self) -> int:
        return len(self.shape)

    def cast(self, people: int, *, authors_replies: float) -> None:
        """Choose the writer of each comment: few people write much, many write little."""
        for position, parent in enumerate(self.shape.parents):
            if parent != NOBODY and self.chance.random() < authors_replies:
                self.speakers.append(NOBODY)
                self.answers[self.shape.roots[position]] = position
                continue
            speaker = int(people * self.chance.random() ** 2)
            is_monologue = parent != NOBODY and self.speakers[parent] == speaker
            self.speakers.append((speaker + 1) % people if is_monologue else speaker)

    def vote(self, people: int) -> None:
        """Choose the votes. No writer votes on their own comments."""
        most = people - 1
        for position in range(len(self)):
            if most and self.chance.random() < VOTED_ON:
                votes = min(int(self.chance.paretovariate(MOST_COMMON_VOTES)), most)
                unhelpful = int(votes * UNHELPFUL * 2 * self.chance.random())
                self.votes[position] = votes - unhelpful, unhelpful


def make_plan(
    comments: int,
    *,
    levels: int,
    threads: int | None,
    people: int,
    authors_replies: float,
    seed: int,
) -> Plan:
    chance = Random(seed)  # noqa: S311 - the same seed gives the same discussion
    plan = Plan(
        grow(comments, levels=levels, threads=threads, chance=chance), bodies(chance), chance
    )
    plan.cast(people, authors_replies=authors_replies)
    plan.vote(people)
    return plan
