"""Learning from comments of which somebody has said what they
are: only what the priors do not say already.

The library is wanted here alone, where nobody waits. It is imported in
the function: a site that judges never loads it.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from random import Random
from typing import Final, NamedTuple

from forum.screening.spam.weights import EVERY, Weights, summed

# So many weights are kept, the heaviest.
MOST_WEIGHTS: Final = 4000
# What stands in fewer comments teaches nothing.
FEWEST_COMMENTS: Final = 2
PASSES: Final = 10
_SETTINGS: Final = "--loss_function logistic --noconstant --l2 1e-6 -b 22 --quiet"


class Example(NamedTuple):
    tokens: Collection[str]
    is_spam: bool


def learn(examples: Sequence[Example], priors: Weights) -> dict[str, float]:
    """The priors, changed by the examples as far as those
    disagree with them; both kinds count alike.
    """
    from vowpalwabbit.pyvw import Workspace

    numbers = _numbers(examples)
    fitted = Workspace(_SETTINGS)
    try:
        lines = [fitted.parse(line) for line in _lines(examples, numbers, priors)]
        order = Random(0)  # noqa: S311 - the same decisions teach the same
        for _ in range(PASSES):
            order.shuffle(lines)
            for line in lines:
                fitted.learn(line)
        learnt = {token: fitted.get_weight(number) for token, number in numbers.items()}
    finally:
        fitted.finish()
    return _heaviest(
        {token: priors.get(token, 0) + learnt.get(token, 0) for token in {*priors, *learnt}}
    )


def _numbers(examples: Sequence[Example]) -> dict[str, int]:
    """Tokens worth learning. The library is told numbers:
    no word can be taken for its own notation.
    """
    found = Counter(token for example in examples for token in example.tokens)
    often = [token for token, times in found.items() if times >= FEWEST_COMMENTS]
    return {token: number for number, token in enumerate([EVERY, *often], start=1)}


def _lines(examples: Sequence[Example], numbers: dict[str, int], priors: Weights) -> list[str]:
    """Label, importance and what the priors say already, then the tokens."""
    spam = sum(example.is_spam for example in examples)
    importance = {
        True: len(examples) / (2 * spam),
        False: len(examples) / (2 * (len(examples) - spam)),
    }
    return [
        f"{1 if is_spam else -1} {importance[is_spam]:.3f} {summed(priors, tokens):.3f} | "
        + " ".join(str(numbers[token]) for token in (EVERY, *sorted(tokens)) if token in numbers)
        for tokens, is_spam in examples
    ]


def _heaviest(weights: dict[str, float]) -> dict[str, float]:
    every = weights.pop(EVERY)
    kept = sorted(weights, key=lambda token: (-abs(weights[token]), token))[:MOST_WEIGHTS]
    return {
        EVERY: round(every, 2),
        **{token: round(weights[token], 2) for token in kept if round(weights[token], 2)},
    }
