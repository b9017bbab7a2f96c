"""Formats of dates on pages and in emails."""

from datetime import UTC, datetime

import pytest
from django.utils import formats

JUST_AFTER_MIDNIGHT = datetime(2026, 12, 7, 0, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("DATE_FORMAT", "7 December 2026"),
        ("DATETIME_FORMAT", "7 December 2026, 00:05 UTC"),
        ("SHORT_DATETIME_FORMAT", "7 Dec 2026, 00:05 UTC"),
        ("TIME_FORMAT", "00:05 UTC"),
    ],
)
def test_the_day_comes_first_and_a_time_has_its_zone(name: str, written: str) -> None:
    assert formats.date_format(JUST_AFTER_MIDNIGHT, name) == written
