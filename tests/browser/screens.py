"""Screens on which pages are tried, and the checks of a page on a screen."""

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page

from tests.drilled import IS_DRILL

NARROWEST, PHONE, DESK = 320, 360, 1280

# The suite asks axe on one screen; the drill `axe` asks on all.
ALL_SCREENS = list(product([NARROWEST, PHONE, DESK], ["light", "dark"]))
ONE_SCREEN = [(NARROWEST, "dark")]

# What is pressed and is not a link within a sentence (WCAG 2.5.8).
SMALL_TARGETS = """() => Array.from(
        document.querySelectorAll("a, button, summary, input:not([type=hidden]), textarea"))
    .filter(element => element.checkVisibility() && getComputedStyle(element).display !== "inline")
    .filter(element => !element.closest(".skip, .vh"))
    .filter(({offsetWidth, offsetHeight}) => Math.min(offsetWidth, offsetHeight) < 24)
    .map(element => element.outerHTML)"""
TOO_WIDE = "() => document.documentElement.scrollWidth > innerWidth"
# Axe collects what is right as well, unless it is told that nobody reads it.
WHAT_IS_WRONG = {"resultTypes": ["violations"]}


def axe(test: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a test that asks axe: it takes the width and the colour scheme of a screen."""
    screens = ALL_SCREENS if IS_DRILL else ONE_SCREEN
    marked: Callable[..., Any] = pytest.mark.axe(
        pytest.mark.parametrize(("width", "scheme"), screens)(test)
    )
    return marked


def violations(page: Page, address: str = "") -> list[str]:
    """Return the rules of axe that the page breaks, opened at the address where one is given."""
    if address:
        page.goto(address)
    findings = Axe().run(page, options=WHAT_IS_WRONG).response["violations"]
    return [finding["id"] for finding in findings]
