"""Weights of tokens, added up to a score; positive weights speak for spam."""

import json
from collections.abc import Collection, Mapping
from functools import cache
from math import exp
from pathlib import Path
from typing import Final

# The weight of a comment of which nothing is known.
EVERY: Final = ""
# Beyond this a score is as good as certain.
CERTAIN: Final = 12.0

Weights = Mapping[str, float]


@cache
def priors() -> Weights:
    """Return the weights of a new site, before it has learnt from decisions."""
    groups = json.loads((Path(__file__).parent / "priors.json").read_text())
    every = float(groups.pop(EVERY))
    return {
        EVERY: every,
        **{token: float(weight) for weight, tokens in groups.items() for token in tokens},
    }


def summed(weights: Weights, tokens: Collection[str]) -> float:
    found = weights.get(EVERY, 0) + sum(weights.get(token, 0) for token in tokens)
    return max(-CERTAIN, min(CERTAIN, found))


def score(weights: Weights, tokens: Collection[str]) -> float:
    """Between 0 and 1: how certain it is that this is spam."""
    return 1 / (1 + exp(-summed(weights, tokens)))


def heaviest(weights: Weights, tokens: Collection[str], number: int) -> list[tuple[str, float]]:
    weighed = [(token, round(weights[token], 1)) for token in tokens if token in weights]
    return sorted(weighed, key=lambda pair: (-abs(pair[1]), pair[0]))[:number]
