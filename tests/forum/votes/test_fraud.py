from datetime import timedelta

import pytest

from forum.votes.fraud import (
    BURST_VOTES,
    PUPPET_VOTES,
    PUPPET_VOTES_FOR_ONE,
    RING_VOTES,
    YOUNG_ACCOUNT,
    is_burst,
    is_pair,
    is_puppet,
    is_young,
)


@pytest.mark.parametrize(
    ("given", "received", "ring"),
    [
        (RING_VOTES, RING_VOTES, True),
        (30, RING_VOTES, True),
        (30, 0, False),  # an admirer
        (30, RING_VOTES - 1, False),  # people who like each other's words now and then
        (0, 30, False),
    ],
)
def test_two_who_vote_for_each_other_again_and_again_are_a_ring(
    given: int, received: int, ring: bool
) -> None:
    assert is_pair(given=given, received=received) is ring


@pytest.mark.parametrize(
    ("votes", "for_this_author", "puppet"),
    [
        (PUPPET_VOTES, PUPPET_VOTES, True),
        (PUPPET_VOTES, PUPPET_VOTES_FOR_ONE, True),
        (PUPPET_VOTES, PUPPET_VOTES_FOR_ONE - 1, False),
        (PUPPET_VOTES - 1, PUPPET_VOTES - 1, False),  # too new to be judged
        (0, 0, False),
    ],
)
def test_who_votes_for_one_author_alone_is_a_puppet(
    votes: int, for_this_author: int, puppet: bool
) -> None:
    assert is_puppet(votes=votes, for_this_author=for_this_author) is puppet


@pytest.mark.parametrize(
    ("votes", "from_young_accounts", "burst"),
    [
        (BURST_VOTES, BURST_VOTES, True),
        (BURST_VOTES, BURST_VOTES // 2 + 1, True),
        (BURST_VOTES, BURST_VOTES // 2, False),
        (BURST_VOTES - 1, BURST_VOTES - 1, False),
        (BURST_VOTES, 0, False),  # a crowd of people we know
    ],
)
def test_many_new_accounts_at_once_are_a_burst(
    votes: int, from_young_accounts: int, burst: bool
) -> None:
    assert is_burst(votes=votes, from_young_accounts=from_young_accounts) is burst


def test_an_account_grows_up() -> None:
    assert is_young(timedelta(hours=1))
    assert not is_young(YOUNG_ACCOUNT)
