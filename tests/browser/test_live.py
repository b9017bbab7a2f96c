"""A page that stays open says what is new, and nothing on it moves by itself."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from articles.models import Article
from forum.models import Comment, Vote
from tests.browser.test_script import refuse
from tests.browser.test_walks import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Say = Callable[..., Comment]
ADDRESS = "/articles/high-tide/"
A_WHILE = 21_000  # milliseconds


@pytest.fixture
def reading(page: Page, site: str, article: Article, say: Say) -> Page:
    """A page with a few threads on it, open before anything else is written; its clock moves when it is told to."""
    for number in range(12):
        say(f"Thread {number}. " + "Words to read. " * 60)
    page.clock.install()
    page.goto(f"{site}{ADDRESS}")
    return page


def test_a_new_comment_is_said_and_shown_in_its_place(reading: Page, say: Say, other_reader: User) -> None:
    head = Comment.objects.get(body__startswith="Thread 3.")
    answer = say("A new answer.", parent=head, by=other_reader)
    say("A new thread.", by=other_reader)
    reading.clock.fast_forward(A_WHILE)
    expect(reading.locator(".arrivals")).to_contain_text("2 new comments.")
    reading.locator(".arrivals").get_by_role("link", name="Show").click()
    expect(reading.locator(f"li:has(> #c{head.pk}) > details.replies #c{answer.pk}.new")).to_be_visible()
    expect(reading.locator("#discussion > .thread > li").first).to_contain_text("A new thread.")
    expect(reading.get_by_role("link", name="Go to the first new comment")).to_be_focused()


def test_what_is_being_read_does_not_move(reading: Page, say: Say) -> None:
    read = reading.locator(f"#c{Comment.objects.get(body__startswith='Thread 5.').pk}")
    read.scroll_into_view_if_needed()
    before = read.evaluate("comment => comment.getBoundingClientRect().top")
    for number in range(3):
        say(f"New {number}. " + "Many words. " * 80)
    reading.clock.fast_forward(A_WHILE)
    expect(reading.locator(".arrivals a")).to_have_text("Show")
    reading.evaluate("() => document.querySelector('.arrivals a').click()")
    expect(reading.locator("article.comment.new")).to_have_count(3)
    assert read.evaluate("comment => comment.getBoundingClientRect().top") == pytest.approx(before, abs=1)


def test_votes_and_counts_follow(reading: Page, say: Say, other_reader: User) -> None:
    comment = Comment.objects.get(body__startswith="Thread 7.")
    Vote.objects.cast(comment=comment, by=other_reader, value=1)
    say("One more.")
    reading.clock.fast_forward(A_WHILE)
    expect(reading.locator(f"#c{comment.pk} [data-votes]")).to_have_text("1")
    expect(reading.locator(".talk-h [data-count-comments]")).to_have_text("13")


def test_a_page_that_is_told_nothing_asks_less_and_less(reading: Page) -> None:
    asked: list[str] = []
    reading.on("request", lambda request: asked.append(request.url) if "/live/" in request.url else None)
    reading.clock.run_for(10 * 60 * 1000)
    assert 5 <= len(asked) <= 12


def test_nothing_is_missed_while_the_server_was_away(reading: Page, site: str, say: Say) -> None:
    reading.route("**/live/**", refuse)
    say("Written meanwhile.")
    with reading.expect_response("**/live/**"):
        reading.clock.fast_forward(A_WHILE)
    expect(reading.locator(".arrivals")).to_have_count(0)
    reading.unroute("**/live/**")
    reading.clock.fast_forward(2 * A_WHILE)
    expect(reading.locator(".arrivals")).to_contain_text("1 new comment.")


def test_without_an_answer_the_new_ones_are_a_page(reading: Page, say: Say) -> None:
    say("Written meanwhile.")
    reading.clock.fast_forward(A_WHILE)
    expect(reading.locator(".arrivals a")).to_be_visible()
    reading.route("**/new/**", refuse)
    reading.locator(".arrivals a").click()
    reading.wait_for_url("**/new/?since=**")
    expect(reading.get_by_text("Written meanwhile.")).to_be_visible()


def test_what_i_wrote_is_not_new_to_me(page: Page, site: str, article: Article, say: Say, reader: User) -> None:
    say("The first.")
    page.clock.install()
    sign_in(page, site, reader)
    page.goto(f"{site}{ADDRESS}")
    page.get_by_label("Post your comment").fill("My own words.")
    page.get_by_role("button", name="Post your comment").click()
    expect(page.get_by_text("My own words.")).to_be_visible()
    page.clock.fast_forward(A_WHILE)
    page.wait_for_load_state("networkidle")
    expect(page.locator(".arrivals")).to_have_count(0)
