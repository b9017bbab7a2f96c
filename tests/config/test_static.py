from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from config.static import BUNDLES, BundledStaticFilesStorage, bundle, collect_changed


@pytest.mark.parametrize("name", BUNDLES)
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


def test_a_part_that_is_missing_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(BUNDLES, "site.css", ["site/tokens", "site/nowhere"])
    with pytest.raises(FileNotFoundError, match=r"site/nowhere\.css"):
        bundle("site.css")


def test_only_what_pages_link_to_is_compressed(tmp_path: Path) -> None:
    storage = BundledStaticFilesStorage(location=tmp_path)
    storage.hashed_files = {"library.js": "library.1.js", "library.min.js": "library.min.2.js"}
    names = {*storage.hashed_files, *storage.hashed_files.values()}
    for name in names:
        (tmp_path / name).write_text("compress " * 100)
    assert {name for name, _ in storage.compress_files(names)} == {"library.min.2.js"}


def test_a_folder_that_cannot_be_written_to_is_named_in_one_line(
    settings: Settings, tmp_path: Path
) -> None:
    settings.STATIC_ROOT = tmp_path / "static"
    (tmp_path / "static").mkdir()
    (tmp_path / "static/admin").touch()  # in the way, as a file of somebody else is
    with pytest.raises(
        ImproperlyConfigured, match=r"The static files cannot be written: .*static/admin"
    ):
        collect_changed()
