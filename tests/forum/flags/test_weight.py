import pytest

from forum.flags.weight import (
    BELIEF,
    FULL_WEIGHT,
    GRAVITY,
    LEAST_WEIGHT,
    Sum,
    heaviest,
    holds,
    severity,
    weight,
)


@pytest.mark.parametrize(
    ("upheld", "rejected", "expected"),
    [
        (0, 0, 100),
        (50, 0, 100),
        (0, 1, 75),
        (0, 3, 50),
        (0, 27, 10),
        (0, 50, 10),
        (25, 25, 53),
        (47, 3, 94),
    ],
)
def test_a_flag_weighs_what_came_of_the_earlier_ones(
    upheld: int, rejected: int, expected: int
) -> None:
    assert weight(upheld=upheld, rejected=rejected) == expected


def test_weight_falls_with_each_rejection_and_never_to_nothing() -> None:
    weights = [weight(upheld=0, rejected=rejected) for rejected in range(51)]
    assert weights == sorted(weights, reverse=True)
    assert weights[0] == FULL_WEIGHT
    assert weights[BELIEF] == FULL_WEIGHT // 2
    assert weights[-1] == LEAST_WEIGHT


@pytest.mark.parametrize(
    ("total", "people", "expected"),
    [(299, 3, False), (300, 3, True), (100, 1, True), (10_000, 0, False)],
)
def test_enough_weight_holds_unless_it_is_switched_off(
    total: int, people: int, expected: bool
) -> None:
    assert holds(total, people=people) is expected


def test_what_harms_comes_before_what_annoys() -> None:
    order = ["illegal", "private", "unkind", "spam", "off_topic"]
    assert sorted(order, key=lambda reason: -severity([Sum(reason, 100)])) == order
    assert severity([Sum("off_topic", 5000)]) < severity([Sum("illegal", 0)])


@pytest.mark.parametrize("reason", [*GRAVITY, "never heard of"])
def test_a_severity_is_at_most_a_hundred(reason: str) -> None:
    assert (
        0
        < severity([Sum(reason, 0)])
        < severity([Sum(reason, 100)])
        <= severity([Sum(reason, 10**6)])
        <= 100
    )


def test_the_reason_of_most_weight_is_given_and_among_equals_the_gravest() -> None:
    assert heaviest([Sum("illegal", 75), Sum("spam", 200)]) == "spam"
    assert heaviest([Sum("off_topic", 100), Sum("private", 100), Sum("spam", 100)]) == "private"
