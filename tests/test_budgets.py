"""Budgets for the size of stylesheets and scripts."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings

from config.static import BUNDLES, bundle

STATIC = Path(settings.BASE_DIR, "static")

CSS_BYTES = 8 * 1024
# All there is: no library comes with it, where htmx alone would be twice as much.
JS_BYTES = 9 * 1024
PASSKEYS_BYTES = 3 * 1024  # where a passkey is used or added
WRITING_BYTES = 3 * 1024  # when somebody begins to write
DESK_BYTES = 8 * 1024  # for writers and editors, who load it in the place of the other script
DRAFTS_BYTES = 4 * 1024  # when somebody writes, is signed in, or has drafts in this browser


# The five buttons and the Markdown of a quotation: only with
# a field that is written in, or a quotation.
MARKDOWN_BYTES = 2_560

OF_ALLAUTH = ("account/", "mfa/")  # its scripts that ask a browser for a passkey


@pytest.mark.parametrize(
    ("name", "budget"),
    [
        ("site.css", CSS_BYTES),
        ("site.js", JS_BYTES),
        ("writing.js", WRITING_BYTES),
        ("drafts.js", DRAFTS_BYTES),
        ("desk.js", DESK_BYTES),
        ("desk.css", DESK_BYTES),
        ("markdown.js", MARKDOWN_BYTES),
        ("passkeys.js", PASSKEYS_BYTES),
    ],
)
def test_what_a_page_loads_is_small(name: str, budget: int) -> None:
    assert len(gzip.compress(bundle(name).encode(), compresslevel=9)) <= budget


def test_every_stylesheet_and_script_is_in_a_bundle() -> None:
    written = {
        str(path.relative_to(STATIC))
        for path in STATIC.rglob("*.*")
        if path.suffix in {".css", ".js"} and path.parent != STATIC / "admin"
    }
    bundled = {
        f"{part}.{name.rpartition('.')[2]}" for name, parts in BUNDLES.items() for part in parts
    }
    assert written == {part for part in bundled if not part.startswith(OF_ALLAUTH)}


def test_what_is_written_for_engineers_is_not_sent_to_readers() -> None:
    assert not any(line.lstrip().startswith("//") for line in bundle("site.js").splitlines())


def test_nothing_in_a_bundle_comes_from_elsewhere() -> None:
    text = "".join(map(bundle, BUNDLES))
    assert "http://" not in text.replace("http://www.w3.org/2000/svg", "")
    assert "https://" not in text


def test_html_reaches_the_page_through_one_door() -> None:
    script = bundle("site.js")
    assert script.count("createPolicy") == script.count("parseFromString") == 1
    assert not any(
        word in script
        for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "eval(", "new Function")
    )


def test_the_look_knows_no_left_and_right() -> None:
    physical = (
        "margin-left",
        "margin-right",
        "padding-left",
        "padding-right",
        "text-align: left",
        "text-align: right",
    )
    assert [word for word in physical if word in bundle("site.css")] == []


def test_every_colour_has_a_value_for_browsers_without_light_dark() -> None:
    plain, both = (STATIC / "site/tokens.css").read_text().split("@supports (color: light-dark(")
    names = re.findall(r"(--[\w-]+):[^;]*light-dark\(", both)
    assert len(names) > 10
    assert [name for name in names if f"{name}:" not in plain] == []
    assert ": light-dark(" not in plain


def test_outside_of_the_tokens_a_plain_value_stands_before_light_dark() -> None:
    """Browsers without light-dark() use the declaration before it."""
    for part in STATIC.rglob("*.css"):
        if part.name != "tokens.css" and part.parent.name != "admin":
            assert [
                line
                for line in part.read_text().splitlines()
                if "light-dark(" in line and "&.m" not in line
            ] == []
