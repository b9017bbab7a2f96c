"""Signs that a discussion heats up, so that a moderator looks before readers have to report it.

A look is the only consequence, so the thresholds may be a little too sensitive; they do not say
who is right.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

# Below every flag: what a reader says is seen to first.
SEVERITY = 5

# Two people who answer each other so often in a row, three times
# each, have stopped talking to the others ...
TURNS = 6
# ... and within this time they have two and a half minutes for
# each answer: they write faster than they read.
TURNS_TIME = timedelta(minutes=15)

# So many votes against a comment are more than one bad day of somebody ...
DISLIKED_VOTES = 5
# ... and with so large a share of all its votes the readers agree.
# Divided opinions are what discussions are for.
DISLIKED_SHARE = 0.75

# Flags on so many comments of one thread, by more than one person, speak of the thread ...
FLAGGED_COMMENTS = 3
# ... within this time: an evening's quarrel, not a long thread's sum of years.
FLAGGED_TIME = timedelta(hours=3)
# Flags are looked for among so many of the site's latest, which
# bounds what a flag costs in a thread of any size.
FLAGS_LOOKED_AT = 100


class Turn(NamedTuple):
    """One comment of an exchange."""

    author: int | None
    at: datetime


class Flagged(NamedTuple):
    """One flag in a thread. `person` is None for a reader who was signed out."""

    comment: int
    person: int | None


def is_exchange(turns: Sequence[Turn]) -> bool:
    """Return True if the latest comments, each a reply to the one before, alternate between two
    people.
    """
    latest = turns[-TURNS:]
    if len(latest) < TURNS or latest[-1].at - latest[0].at > TURNS_TIME:
        return False
    first, second = {turn.author for turn in latest[::2]}, {turn.author for turn in latest[1::2]}
    return len(first) == len(second) == 1 and first != second and None not in first | second


def is_disliked(*, helpful: int, unhelpful: int) -> bool:
    """Return True if enough votes, and a large share of them, are against a comment.

    Only votes that count in the ranking are passed: votes of rings and bursts are no sign of
    heat.
    """
    return unhelpful >= DISLIKED_VOTES and unhelpful >= DISLIKED_SHARE * (helpful + unhelpful)


def is_flagged_thread(flags: Sequence[Flagged]) -> bool:
    """Return True if several people flagged several comments of one thread."""
    people = {flag.person for flag in flags}
    return len(people) > 1 and len({flag.comment for flag in flags}) >= FLAGGED_COMMENTS
