"""Learn weights from comments that moderators have judged: logistic regression on the priors.

An example's score begins with the sum of the priors, so only
what they do not predict already is learned.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from math import exp
from random import Random
from typing import Final, NamedTuple

from forum.screening.spam.weights import CERTAIN, EVERY, Weights, summed

# The heaviest weights are stored, and no more of them.
MOST_WEIGHTS: Final = 4000
# A token in fewer comments teaches nothing.
FEWEST_COMMENTS: Final = 2
PASSES: Final = 10
LEARNING_RATE: Final = 0.1


class Example(NamedTuple):
    tokens: Collection[str]
    is_spam: bool


class Row(NamedTuple):
    """An example as the learner reads it; a token is a number."""

    numbers: list[int]
    is_spam: bool
    importance: float
    prior: float


def learn(examples: Sequence[Example], priors: Weights) -> dict[str, float]:
    """Return the priors, corrected by the examples; spam and other comments count alike."""
    numbers = _numbers(examples)
    rows = _rows(examples, numbers, priors)
    corrections = [0.0] * len(numbers)
    order = Random(0)  # noqa: S311 - the same decisions give the same weights
    for _ in range(PASSES):
        order.shuffle(rows)
        for row in rows:
            _correct(corrections, row)
    weights = dict(priors)
    for token, number in numbers.items():
        weights[token] = weights.get(token, 0) + corrections[number]
    return _heaviest(weights)


def _correct(corrections: list[float], row: Row) -> None:
    """Take one step of gradient descent."""
    total = row.prior + sum([corrections[number] for number in row.numbers])
    bounded = max(-CERTAIN, min(CERTAIN, total))
    predicted = 1 / (1 + exp(-bounded))
    step = LEARNING_RATE * row.importance * (row.is_spam - predicted)
    for number in row.numbers:
        corrections[number] += step


def _numbers(examples: Sequence[Example]) -> dict[str, int]:
    """Number the tokens that are frequent enough to teach something."""
    counts = Counter(token for example in examples for token in example.tokens)
    frequent = sorted(token for token, count in counts.items() if count >= FEWEST_COMMENTS)
    return {token: number for number, token in enumerate([EVERY, *frequent])}


def _rows(examples: Sequence[Example], numbers: dict[str, int], priors: Weights) -> list[Row]:
    spam = sum(example.is_spam for example in examples)
    importance = {
        True: len(examples) / (2 * spam),
        False: len(examples) / (2 * (len(examples) - spam)),
    }
    rows = []
    for tokens, is_spam in examples:
        known = sorted(numbers[token] for token in tokens if token in numbers)
        row = Row([numbers[EVERY], *known], is_spam, importance[is_spam], summed(priors, tokens))
        rows.append(row)
    return rows


def _heaviest(weights: dict[str, float]) -> dict[str, float]:
    every = round(weights.pop(EVERY), 2)
    by_weight = sorted(weights, key=lambda token: (-abs(weights[token]), token))
    rounded = {token: round(weights[token], 2) for token in by_weight[:MOST_WEIGHTS]}
    return {EVERY: every} | {token: weight for token, weight in rounded.items() if weight}
