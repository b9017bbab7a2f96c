"""New comments since the last visit: remembered by the browser for signed-out readers, by the
site for people who are signed in.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from forum.models import Comment, Visit
from tests.browser.test_script import ADDRESS
from tests.browser.test_walks import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Say = Callable[..., Comment]
A_LOOK, AN_HOUR = 2_100, 60 * 60_000
REFUSES_STORAGE = (
    "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no') } })"
)


@pytest.fixture
def visit(page: Page, site: str) -> Callable[[], Page]:
    """The reader opens the page and looks at it; an hour lies between two visits."""
    page.clock.install()

    def visit() -> Page:
        page.clock.fast_forward(AN_HOUR)
        page.goto(site + ADDRESS)
        page.clock.fast_forward(A_LOOK)
        return page

    return visit


def test_nothing_is_new_on_a_first_visit(visit: Callable[[], Page], say: Say) -> None:
    say("Before you came.")
    expect(visit().locator(".comment")).to_have_count(1)
    expect(visit().locator(".new, .new-since")).to_have_count(0)


def test_what_is_new_is_marked_counted_and_linked(visit: Callable[[], Page], say: Say) -> None:
    first = say("The question.")
    visit()
    answer, thread = say("An answer.", parent=first), say("A thread.")
    page = visit()
    new = page.locator(".comment.new")
    assert {new.nth(at).get_attribute("id") for at in range(2)} == {
        f"c{answer.pk}",
        f"c{thread.pk}",
    }
    page.get_by_role("link", name="2 new comments since your last visit").click()
    expect(new.first).to_be_focused()
    new.first.get_by_role("link", name="Next new").click()
    expect(new.last).to_be_focused()
    expect(new.last.get_by_role("link", name="Next new")).to_have_count(0)


def test_the_marks_survive_a_reload_and_end_with_the_visit(
    visit: Callable[[], Page], say: Say
) -> None:
    say("The question.")
    visit()
    say("Another.")
    page = visit()
    page.reload()
    page.clock.fast_forward(A_LOOK)
    expect(page.locator(".comment.new")).to_have_count(1)
    expect(visit().locator(".comment")).to_have_count(2)
    expect(page.locator(".comment.new")).to_have_count(0)


def test_what_was_shown_as_it_came_is_not_new_on_the_next_visit(
    visit: Callable[[], Page], say: Say
) -> None:
    say("The question.")
    page = visit()
    say("Another.")
    page.clock.fast_forward(21_000)
    page.get_by_role("link", name="1 new comment. Show").click()
    expect(page.locator(".comment.new")).to_have_count(1)
    expect(visit().locator(".comment")).to_have_count(2)
    expect(page.locator(".comment.new")).to_have_count(0)


def test_threads_that_join_the_page_are_marked_as_well(visit: Callable[[], Page], say: Say) -> None:
    say("The question.")
    visit()
    for number in range(21):
        say(f"Thread {number}")
    page = visit()
    shown = page.locator(".comment.new").count()
    page.get_by_role("link", name="Show more threads").click()
    expect(page.locator(".comment.new")).to_have_count(21)
    assert shown < 21


def test_a_page_nobody_looked_at_was_not_visited(page: Page, site: str, say: Say) -> None:
    say("The question.")
    page.clock.install()
    page.goto(site + ADDRESS)
    page.clock.fast_forward(1_000)
    assert page.evaluate("() => localStorage.length") == 0


def test_without_storage_nothing_is_new_and_nothing_breaks(
    visit: Callable[[], Page], page: Page, say: Say
) -> None:
    page.add_init_script(REFUSES_STORAGE)
    first = say("The question.")
    visit()
    say("An answer.", parent=first)
    expect(visit().locator(".comment")).to_have_count(2)
    expect(page.locator(".comment.new")).to_have_count(0)


def test_for_somebody_signed_in_the_site_remembers(
    page: Page, site: str, say: Say, other_reader: User
) -> None:
    comment = say("The question.")
    sign_in(page, site, other_reader)
    page.clock.install()
    page.goto(site + ADDRESS)
    with page.expect_response("**/visit/") as answer:
        page.clock.fast_forward(A_LOOK)
    assert answer.value.status == 204
    assert Visit.objects.get(person=other_reader).seen == comment.pk
    assert not page.evaluate(
        "() => Object.keys(localStorage).some(name => name.startsWith('visit'))"
    )
