"""The page that waits for a code says what became of the email, around a half-typed code."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from accounts import letter_status
from accounts.models import User
from articles.models import Article
from tests.mail import Outbox

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ACCEPTED = "Your email server accepted the email at"


def begin(page: Page, site: str, place: str, email: str) -> None:
    """Ask for a code, at the door or by a comment."""
    if place == "comment":
        page.goto(f"{site}/articles/high-tide/")
        page.get_by_role("textbox", name="Post your comment").fill("My harbour is up a river.")
        page.get_by_label("Email").first.fill(email)
        page.get_by_role("button", name="Post your comment").click()
    else:
        page.goto(f"{site}/accounts/password/reset/")
        page.get_by_label("Email").fill(email)
        page.get_by_label("Email").press("Enter")


@pytest.mark.parametrize("place", ["forgotten password", "comment"])
def test_it_is_said_when_asked_for_and_the_code_stays(
    page: Page,
    site: str,
    reader: User,
    article: Article,
    outbox: Outbox,
    monkeypatch: pytest.MonkeyPatch,
    place: str,
) -> None:
    begin(page, site, place, reader.email)
    page.get_by_label("Code").fill("12")
    outbox()
    expect(page.get_by_text("The email is on its way.")).to_be_visible()
    monkeypatch.setattr(letter_status, "DELAY", timedelta(0))
    page.get_by_role("link", name="Check again").click()
    expect(page.get_by_text(ACCEPTED)).to_be_visible()
    expect(page.get_by_label("Code")).to_have_value("12")


def test_it_is_said_unasked(page: Page, site: str, reader: User, outbox: Outbox) -> None:
    page.clock.install()
    begin(page, site, "forgotten password", reader.email)
    outbox()
    expect(page.get_by_text("The email is on its way.")).to_be_visible()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(letter_status, "DELAY", timedelta(0))
        page.clock.fast_forward("00:12")
        expect(page.get_by_text(ACCEPTED)).to_be_visible()
