from itertools import pairwise

import pytest

from forum.votes.ranking import HIGHEST, rank


@pytest.mark.parametrize(
    ("helpful", "unhelpful", "share"),
    [
        (0, 0, 0.0),
        (
            1,
            0,
            0.2065,
            # The lower bounds that tables of the interval give
            # for 1 of 1, 10 of 10, 8 of 10, 100 of 100
        ),
        (10, 0, 0.7225),
        (100, 0, 0.9630),
        (8, 2, 0.4902 - 0.0567),
        (5, 5, 0.0),
    ],
)
def test_a_rank_is_what_can_be_relied_on(helpful: int, unhelpful: int, share: float) -> None:
    assert rank(helpful, unhelpful) == pytest.approx(share * HIGHEST, abs=HIGHEST / 10_000)


@pytest.mark.parametrize("votes", [(1, 0), (7, 3), (1_000, 999), (10**9, 3)])
def test_votes_for_and_against_weigh_the_same(votes: tuple[int, int]) -> None:
    helpful, unhelpful = votes
    assert rank(helpful, unhelpful) == -rank(unhelpful, helpful) > 0


@pytest.mark.parametrize("unhelpful", [0, 1, 10, 1_000])
def test_one_more_helpful_vote_ranks_higher(unhelpful: int) -> None:
    ranks = [rank(helpful, unhelpful) for helpful in range(2_000)]
    assert all(lower < higher for lower, higher in pairwise(ranks))


def test_more_votes_of_the_same_share_say_more() -> None:
    ranks = [rank(3 * size, size) for size in (1, 10, 100, 1_000)]
    assert ranks == sorted(set(ranks))


def test_many_votes_stand_above_a_better_share_of_few() -> None:
    assert rank(99, 1) > rank(1, 0)


@pytest.mark.parametrize("votes", [(2**31 - 1, 0), (0, 2**31 - 1), (2**31 - 1, 2**31 - 1)])
def test_every_rank_fits_its_column(votes: tuple[int, int]) -> None:
    assert -(2**31) < rank(*votes) < 2**31
