"""Formats of dates on pages and in emails."""

from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.utils import formats, translation

JUST_AFTER_MIDNIGHT = datetime(2026, 12, 7, 0, 5, tzinfo=UTC)
LANGUAGES = ["en", *(file.parts[-3] for file in settings.BASE_DIR.glob("locale/*/*/django.mo"))]


@pytest.mark.parametrize(
    ("language", "name", "written"),
    [
        ("en", "DATE_FORMAT", "7 December 2026"),
        ("en", "DATETIME_FORMAT", "7 December 2026, 00:05 UTC"),
        ("en", "SHORT_DATETIME_FORMAT", "7 Dec 2026, 00:05 UTC"),
        ("en", "TIME_FORMAT", "00:05 UTC"),
        ("de", "DATE_FORMAT", "7. Dezember 2026"),
        ("de", "DATETIME_FORMAT", "7. Dezember 2026, 00:05 UTC"),
        ("de", "SHORT_DATETIME_FORMAT", "7. Dez. 2026, 00:05 UTC"),
    ],
)
def test_the_day_comes_first_and_a_time_has_its_zone(
    language: str, name: str, written: str
) -> None:
    with translation.override(language):
        assert formats.date_format(JUST_AFTER_MIDNIGHT, name) == written


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["DATETIME_FORMAT", "SHORT_DATETIME_FORMAT", "TIME_FORMAT"])
def test_a_time_names_its_zone_in_each_language(language: str, name: str) -> None:
    assert formats.get_format(name, language).endswith("T")
