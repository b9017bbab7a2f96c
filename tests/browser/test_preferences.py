"""Choosing a language and a time zone."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from forum.models import Comment
from tests.browser.test_walks import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_time_zone_of_the_browser_is_offered_and_followed_by_all_times(
    new_page: Callable[..., Page], site: str, reader: User, say: Callable[..., Comment]
) -> None:
    at = say("Ebb.").created_at
    page = new_page(timezone_id="Asia/Tokyo")
    sign_in(page, site, reader)
    page.goto(f"{site}/accounts/preferences/")
    page.get_by_role("button", name="Use the time zone of this browser: Asia/Tokyo").click()
    expect(page.get_by_label("Time zone")).to_have_value("Asia/Tokyo")
    expect(page.get_by_role("button", name="Use the time zone")).to_be_hidden()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Your language and time zone are saved.")).to_be_visible()
    elsewhere = new_page(timezone_id="America/New_York")
    sign_in(elsewhere, site, reader)
    elsewhere.goto(f"{site}/articles/high-tide/")
    time = f"{(at.hour + 9) % 24:02}:{at.minute:02}"
    expect(elsewhere.locator(".when time")).to_contain_text(time)


def test_a_signed_out_reader_chooses_the_language(
    page: Page, site: str, settings: Any, say: Callable[..., Comment]
) -> None:
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch")]
    say("Ebb.")
    page.goto(f"{site}/articles/high-tide/")
    page.get_by_role("button", name="Deutsch").click()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    expect(page).to_have_url(f"{site}/articles/high-tide/")
    expect(page.get_by_role("button", name="Deutsch")).to_have_attribute("aria-pressed", "true")
