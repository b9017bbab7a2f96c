"""Helpful: pressed, taken back, pressed after signing in; with a script and without one."""

from collections.abc import Callable

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from accounts.models import User
from forum.models import Comment
from tests.conftest import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESS = "/articles/high-tide/"
BUTTON = "Helpful"


@pytest.fixture
def sign_in(site: str, other_reader: User, client_of: Callable) -> Callable[[Page], None]:
    def signed_in(page: Page) -> None:
        cookie = client_of(other_reader).cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}]
        )

    return signed_in


@pytest.mark.parametrize("javascript", [True, False])
def test_a_vote_is_cast_and_taken_back(
    javascript: bool,
    new_page: Callable[..., Page],
    site: str,
    say: Callable[..., Comment],
    sign_in: Callable,
) -> None:
    comment = say("Tides lag because the moon moves on.")
    page = new_page(java_script_enabled=javascript)
    sign_in(page)
    page.goto(site + ADDRESS)
    button = page.get_by_role("button", name=BUTTON)
    for pressed, score in (("true", "1"), ("false", "0")):
        with page.expect_response("**/vote/"):
            button.click()
        expect(button).to_have_attribute("aria-pressed", pressed)
        expect(button.locator("[data-votes]")).to_have_text(score)
    page.reload()
    expect(button).to_have_attribute("aria-pressed", "false")
    assert page.url.startswith(f"{site}{ADDRESS}")
    assert comment.votes.count() == 0


def test_a_vote_against_takes_the_place_of_the_other(
    page: Page, site: str, say: Callable[..., Comment], sign_in: Callable, settings: object
) -> None:
    settings.DOWNVOTES = True
    comment = say("Tides lag because the moon moves on.")
    sign_in(page)
    page.goto(site + ADDRESS)
    for button in page.locator("[data-vote]").all():
        with page.expect_response("**/vote/"):
            button.click()
    expect(page.locator("[data-vote='1']")).to_have_attribute("aria-pressed", "false")
    expect(page.locator("[data-votes]")).to_have_text("-1")
    assert comment.votes.get().value == -1


def test_a_vote_that_was_not_counted_is_taken_back_and_said(
    page: Page, site: str, say: Callable[..., Comment], sign_in: Callable
) -> None:
    say("Tides lag because the moon moves on.")
    sign_in(page)
    page.goto(site + ADDRESS)
    page.route("**/vote/", lambda route: route.fulfill(status=503))
    button = page.get_by_role("button", name=BUTTON)
    button.click()
    expect(page.locator("#notices")).to_contain_text("was not saved")
    expect(button).to_have_attribute("aria-pressed", "false")


def test_the_vote_of_a_signed_out_reader_is_remembered_through_sign_in(
    page_without_javascript: Page, site: str, say: Callable[..., Comment], other_reader: User
) -> None:
    comment = say("Tides lag because the moon moves on.")
    page = page_without_javascript
    page.goto(site + ADDRESS)
    page.get_by_role("link", name=BUTTON).click()
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.get_by_label("Email").fill(other_reader.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator(f"#c{comment.pk} [data-vote='1']")).to_have_attribute(
        "aria-pressed", "true"
    )
    assert comment.votes.get().voter == other_reader
