from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from pytest_django import Settings

from config.static import bundle


@pytest.mark.parametrize("name", settings.STATIC_BUNDLES)
def test_a_bundle_is_served_hashed_and_compressed(name: str) -> None:
    stored = staticfiles_storage.url(name).removeprefix("/static/")
    stem, ending = name.split(".")
    assert stored.startswith(f"{stem}.")
    assert stored != name
    for packed in ("", ".br", ".gz"):
        assert Path(settings.STATIC_ROOT, stored + packed).stat().st_size > 0, ending


def test_a_bundle_has_its_parts_in_order() -> None:
    whole = bundle("site.css")
    places = [whole.index(f"@layer {part} {{") for part in ("tokens", "base", "articles", "forum")]
    assert places == sorted(places)


def test_a_part_that_is_missing_is_an_error(settings: Settings) -> None:
    settings.STATIC_BUNDLES = {"site.css": ["tokens", "nowhere"]}
    with pytest.raises(FileNotFoundError, match=r"css/nowhere\.css"):
        bundle("site.css")
