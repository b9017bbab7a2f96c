"""What is new since the last visit: by the server for people, by the browser for readers."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from articles.models import Article
from forum.models import Comment, Visit
from tests.browser.test_walks import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Say = Callable[..., Comment]
ADDRESS = "/articles/high-tide/"
HOUR = 60 * 60 * 1000  # milliseconds


def look(page: Page, address: str) -> None:
    """Opens the page and reads a little."""
    page.goto(address)
    page.clock.run_for(3_000)


@pytest.fixture
def come_back(page: Page, site: str, article: Article, say: Say) -> Page:
    """A browser that was here an hour ago, when there was one comment."""
    say("The first.")
    page.clock.install()
    look(page, f"{site}{ADDRESS}")
    expect(page.locator(".comment.new")).to_have_count(0)
    page.clock.fast_forward(HOUR)
    return page


def test_a_signed_out_reader_finds_what_is_new_and_after_a_reload_again(come_back: Page, site: str, say: Say) -> None:
    new = [say("The second."), say("The third.")]
    for _ in range(2):
        look(come_back, f"{site}{ADDRESS}")
        expect(come_back.locator(".comment.new")).to_have_count(2)
        expect(come_back.locator(".new-since")).to_contain_text("2 new here since your last visit")
    come_back.locator(".new-since a").first.click()
    expect(come_back.locator(f"#c{new[1].pk}")).to_be_focused()
    come_back.locator(f"#c{new[1].pk}").get_by_role("link", name="Next new").click()
    expect(come_back.locator(f"#c{new[0].pk}")).to_be_focused()


def test_what_was_new_is_old_on_the_visit_after(come_back: Page, site: str, say: Say) -> None:
    say("The second.")
    look(come_back, f"{site}{ADDRESS}")
    come_back.clock.fast_forward(HOUR)
    look(come_back, f"{site}{ADDRESS}")
    expect(come_back.locator(".comment.new")).to_have_count(0)


def test_the_server_is_told_how_far_somebody_has_read(
    page: Page, site: str, article: Article, say: Say, reader: User, other_reader: User
) -> None:
    first = say("The first.", by=other_reader)
    page.clock.install()
    sign_in(page, site, reader)
    with page.expect_response("**/visit/"):
        look(page, f"{site}{ADDRESS}")
    Visit.objects.update(at=timezone.now() - timedelta(hours=1))
    second = say("The second.", by=other_reader)
    page.goto(f"{site}{ADDRESS}")
    expect(page.locator(f"#c{second.pk}.new")).to_be_visible()
    expect(page.locator(f"#c{first.pk}.new")).to_have_count(0)


def test_a_browser_that_stores_nothing_shows_the_page_as_it_is(page: Page, site: str, say: Say) -> None:
    comment = say("The first.")
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('no') } })")
    page.goto(f"{site}{ADDRESS}")
    expect(page.locator(f"#c{comment.pk}")).to_be_visible()
    expect(page.locator(".comment.new")).to_have_count(0)
