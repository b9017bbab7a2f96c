"""Rank comments by their votes.

A share of helpful votes alone says nothing of how many there were: one of one would rank above
ninety-nine of a hundred. So a comment is ranked by what is certain: the lower end of the interval
in which the true share of helpful votes lies with 95 % (E. B. Wilson, "Probable Inference, the Law
of Succession, and Statistical Inference", Journal of the American Statistical Association 22,
1927), less the same of the unhelpful ones.
"""

from math import sqrt

CONFIDENCE = 1.96  # standard deviations: 95 %
# A rank is a whole number, so that a cursor holds it
# exactly; this one is that of endless agreement.
HIGHEST = 10**9


def rank(helpful: int, unhelpful: int) -> int:
    """Return a number from -HIGHEST to HIGHEST: 0 without votes, or with as many for as against."""
    votes = helpful + unhelpful
    return round(HIGHEST * (_reliable_share(helpful, votes) - _reliable_share(unhelpful, votes)))


def _reliable_share(some: int, votes: int) -> float:
    """Return the lower bound of Wilson's interval, in a form that is defined without votes, too."""
    spread = some * (votes - some) / max(votes, 1) + CONFIDENCE**2 / 4
    return (some + CONFIDENCE**2 / 2 - CONFIDENCE * sqrt(spread)) / (votes + CONFIDENCE**2)
