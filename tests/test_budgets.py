"""What a reader has to load stays small."""

import gzip
from pathlib import Path

import pytest
from django.conf import settings

from config.static import bundle

CSS_BYTES = 8 * 1024
# All there is: no library comes with it, where htmx alone would be twice as much.
JS_BYTES = 9 * 1024
WRITING_BYTES = 3 * 1024  # when somebody begins to write
DRAFTS_BYTES = 4 * 1024  # when somebody writes, is signed in, or has drafts in this browser


# The five buttons and the Markdown of a quotation: only with a field that is written in, or a quotation.
MARKDOWN_BYTES = 2_560


@pytest.mark.parametrize(
    ("name", "budget"),
    [
        ("site.css", CSS_BYTES),
        ("site.js", JS_BYTES),
        ("writing.js", WRITING_BYTES),
        ("drafts.js", DRAFTS_BYTES),
        ("markdown.js", MARKDOWN_BYTES),
    ],
)
def test_what_a_page_loads_is_small(name: str, budget: int) -> None:
    assert len(gzip.compress(bundle(name).encode(), compresslevel=9)) <= budget


def test_every_stylesheet_and_script_is_in_a_bundle() -> None:
    written = {path.name for kind in ("css", "js") for path in Path(settings.BASE_DIR, "static", kind).iterdir()}
    bundled = {f"{part}.{name.rpartition('.')[2]}" for name, parts in settings.STATIC_BUNDLES.items() for part in parts}
    assert written == bundled


def test_what_is_written_for_engineers_is_not_sent_to_readers() -> None:
    assert not any(line.lstrip().startswith("//") for line in bundle("site.js").splitlines())


def test_nothing_in_a_bundle_comes_from_elsewhere() -> None:
    text = "".join(map(bundle, settings.STATIC_BUNDLES))
    assert "http://" not in text.replace("http://www.w3.org/2000/svg", "")
    assert "https://" not in text


def test_html_reaches_the_page_through_one_door() -> None:
    script = bundle("site.js")
    assert script.count("createPolicy") == script.count("parseFromString") == 1
    assert not any(word in script for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "eval(", "new Function"))


def test_the_look_knows_no_left_and_right() -> None:
    physical = ("margin-left", "margin-right", "padding-left", "padding-right", "text-align: left", "text-align: right")
    assert [word for word in physical if word in bundle("site.css")] == []
