"""The weight of readers' flags, and the severity of the case that they open. Pure."""

from collections.abc import Iterable
from typing import NamedTuple

# One person whose flags are believed; somebody new is.
FULL_WEIGHT = 100
# A person is judged by so many of their latest decided flags: who was wrong for a year can learn.
LOOKED_AT = 50
# As if so many flags had been right before the first one.
# One mistake costs a quarter, three cost half.
BELIEF = 3
# Nobody is worth nothing: even who was always wrong may be the only one who sees the worst.
LEAST_WEIGHT = 10

# How soon somebody should look, of 100, by what is said to be wrong.
# What harms a person comes before what annoys.
GRAVITY = {"illegal": 60, "private": 50, "unkind": 40, "spam": 35, "off_topic": 20, "other": 20}
# Weight makes it worse by at most so much: three who call it off topic
# do not come before one who calls it illegal.
MOST_BY_WEIGHT = 30
WEIGHT_OF_ONE_STEP = 10


class Sum(NamedTuple):
    """The open flags on one comment for one reason."""

    reason: str
    weight: int


def weight(*, upheld: int, rejected: int) -> int:
    """Return the weight of a person's next flag, from the outcomes of their latest ones."""
    share = (upheld + BELIEF) / (upheld + rejected + BELIEF)
    return max(LEAST_WEIGHT, round(FULL_WEIGHT * share))


def after_approval(number: int) -> int:
    """Return the lower weight or severity that applies once a moderator has approved the same
    text.
    """
    return number // 2


def holds(total: int, *, people: int) -> bool:
    """Return True if flags of this weight hide a comment until a moderator decides."""
    return people > 0 and total >= people * FULL_WEIGHT


def gravity(reason: str) -> int:
    return GRAVITY.get(reason, GRAVITY["other"])


def severity(sums: Iterable[Sum]) -> int:
    """0 to 100: the gravest reason that anybody gave, and how many say that something is wrong."""
    sums = list(sums)
    steps = sum(each.weight for each in sums) // WEIGHT_OF_ONE_STEP
    return max((gravity(each.reason) for each in sums), default=0) + min(MOST_BY_WEIGHT, steps)


def heaviest(sums: Iterable[Sum]) -> str:
    """The reason that most say; of those that as many say, the gravest."""
    return max(sums, key=lambda each: (each.weight, gravity(each.reason))).reason
