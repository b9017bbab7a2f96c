"""Find votes that are left out of the ranking: those of rings, puppets and bursts.

Such a vote is counted and shown as any other, so that nobody can learn the rule by trying.
"""

from datetime import timedelta

# So many of a voter's latest votes are checked.
LOOKED_AT = 30
# Two people are a ring if each called the other helpful so often among their latest votes ...
RING_VOTES = 6
# ... within this time. People who agree now and then for a year are none.
RING_TIME = timedelta(days=14)
# Of so many latest votes ...
PUPPET_VOTES = 10
# ... so many on the same author are cast by their puppet, or by somebody who pursues them.
PUPPET_VOTES_FOR_ONE = 8
# So many votes on one comment ...
BURST_VOTES = 10
# ... within this time are a burst, if more than half of them come from young accounts.
BURST_TIME = timedelta(minutes=1)
# An account is young for so long. Few people make many accounts and wait before they use them.
YOUNG_ACCOUNT = timedelta(days=7)


def is_pair(*, given: int, received: int) -> bool:
    """Return whether two people vote for each other again and again."""
    return min(given, received) >= RING_VOTES


def is_puppet(*, votes: int, for_this_author: int) -> bool:
    """Return whether nearly all of a voter's latest PUPPET_VOTES votes are on one author."""
    return votes >= PUPPET_VOTES and for_this_author >= PUPPET_VOTES_FOR_ONE


def is_burst(*, votes: int, from_young_accounts: int) -> bool:
    """Return whether most of many votes at once are from young accounts."""
    return votes >= BURST_VOTES and 2 * from_young_accounts > votes


def is_young(account_age: timedelta) -> bool:
    return account_age < YOUNG_ACCOUNT
