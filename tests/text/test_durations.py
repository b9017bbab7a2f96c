from math import ceil

import pytest

from text.durations import DAY, HOUR, MINUTE, in_words


@pytest.mark.parametrize(
    ("seconds", "nearest", "up"),
    [
        (61, "1 minute", "2 minutes"),
        (119 * MINUTE, "119 minutes", "119 minutes"),
        (2 * HOUR, "2 hours", "2 hours"),
        (2 * HOUR + 1, "2 hours", "3 hours"),
        (47.5 * HOUR, "48 hours", "48 hours"),
        (2 * DAY, "2 days", "2 days"),
        (200_000, "2 days", "3 days"),
    ],
)
def test_a_duration_is_given_in_its_largest_fitting_unit(
    seconds: float, nearest: str, up: str
) -> None:
    assert in_words(seconds) == nearest
    assert in_words(seconds, rounded=ceil) == up
