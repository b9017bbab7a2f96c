"""The script adds to pages, and leaves them usable where it fails."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from articles.models import Article
from forum.models import Comment

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = "My harbour is half a kilometre up a river."
ADDRESS = "/articles/high-tide/"


def refuse(route: Route) -> None:
    """Refuse every request of a script, and let pages load."""
    if route.request.resource_type == "fetch":
        route.fulfill(status=503)
    else:
        route.continue_()


def test_words_are_kept_on_this_device(page: Page, site: str, article: Article) -> None:
    page.goto(site + ADDRESS)
    page.get_by_label("Post your comment").fill(WORDS)
    expect(page.get_by_text("Draft saved on this device")).to_be_visible()
    page.goto(f"{site}/help/")
    page.goto(site + ADDRESS)
    expect(page.get_by_label("Post your comment")).to_have_value(WORDS)


def test_a_preview_is_shown_above_the_form(page: Page, site: str, article: Article) -> None:
    page.goto(site + ADDRESS)
    page.get_by_label("Post your comment").fill("*Loudly*")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("#preview em")).to_have_text("Loudly")
    expect(page.locator("#preview")).to_be_focused()
    assert page.url == site + ADDRESS


def test_without_an_answer_the_preview_is_a_page(page: Page, site: str, article: Article) -> None:
    page.goto(site + ADDRESS)
    page.route("**", refuse)
    page.get_by_label("Post your comment").fill("*Loudly*")
    page.get_by_role("button", name="Preview").click()
    page.wait_for_url("**/preview/")
    expect(page.locator("#preview em")).to_have_text("Loudly")


def test_a_reply_opens_in_place_and_closes(
    page: Page, site: str, article: Article, say: Callable[..., Comment]
) -> None:
    say("Ask me anything.")
    page.goto(site + ADDRESS)
    reply = page.get_by_role("link", name="Reply to Ines Okafor")
    reply.click()
    words = page.get_by_label("Reply to Ines Okafor")
    expect(words).to_be_focused()
    words.fill(WORDS)
    words.press("Escape")
    expect(reply).to_be_focused()
    reply.click()
    expect(words).to_have_value(WORDS)


def test_without_an_answer_the_reply_is_a_page(
    page: Page, site: str, article: Article, say: Callable[..., Comment]
) -> None:
    comment = say("Ask me anything.")
    page.goto(site + ADDRESS)
    page.route("**", refuse)
    page.get_by_role("link", name="Reply to Ines Okafor").click()
    page.wait_for_url(f"**/comments/{comment.pk}/reply/")


def test_more_threads_join_those_on_the_page(
    page: Page, site: str, article: Article, say: Callable[..., Comment]
) -> None:
    for number in range(22):
        say(f"Thread {number}")
    page.goto(site + ADDRESS)
    expect(page.locator("article.comment")).to_have_count(20)
    page.get_by_role("link", name="Show more threads").click()
    expect(page.locator("article.comment")).to_have_count(22)
    expect(page.locator("article.comment").nth(20)).to_be_focused()
    expect(page.get_by_role("link", name="Show more threads")).to_have_count(0)


def test_folded_threads_stay_folded(
    page: Page, site: str, article: Article, say: Callable[..., Comment]
) -> None:
    say("The answer.", parent=say("The question."))
    page.goto(site + ADDRESS)
    page.get_by_text("1 reply").click()
    expect(page.get_by_text("The answer.")).to_be_hidden()
    page.reload()
    expect(page.get_by_text("The answer.")).to_be_hidden()


def test_a_link_to_a_folded_comment_opens_it(
    page: Page, site: str, article: Article, say: Callable[..., Comment]
) -> None:
    answer = say("The answer.", parent=say("The question."))
    page.goto(site + ADDRESS)
    page.get_by_text("1 reply").click()
    page.goto(f"{site}/help/")
    page.goto(f"{site}{ADDRESS}#c{answer.pk}")
    expect(page.locator(f"#c{answer.pk}")).to_be_focused()


def test_a_comment_that_is_not_on_the_page_is_looked_up(
    page: Page, site: str, article: Article
) -> None:
    page.goto(f"{site}{ADDRESS}#c4711")
    page.wait_for_url("**/comments/4711/")


def test_the_length_is_counted_only_where_it_matters(
    page: Page, site: str, article: Article
) -> None:
    page.goto(site + ADDRESS)
    words = page.get_by_label("Post your comment")
    words.fill("x" * 3999)
    expect(page.locator("[data-count]")).to_be_empty()
    words.fill("x" * 5001)
    expect(page.locator("[data-count]")).to_have_text("Characters left: -1")
    assert len(words.input_value()) == 5001


def test_a_password_can_be_read(page: Page, site: str, article: Article) -> None:
    page.goto(f"{site}/accounts/login/")
    word = page.get_by_label("Password", exact=True)
    page.get_by_role("button", name="Show password").click()
    expect(word).to_have_attribute("type", "text")
    page.get_by_role("button", name="Hide password").click()
    expect(word).to_have_attribute("type", "password")


def test_two_quick_presses_are_one_request(page: Page, site: str, article: Article) -> None:
    page.goto(site + ADDRESS)
    posts: list[str] = []
    page.on(
        "request", lambda request: posts.append(request.url) if request.method == "POST" else None
    )
    page.get_by_label("Post your comment").fill(WORDS)
    page.get_by_label("Email").fill("jonas@example.com")
    page.evaluate(
        """() => {
            const button = document.querySelector('#compose .btn');
            button.click();
            button.click();
        }"""
    )
    page.wait_for_url(re.compile("/drafts/"))
    assert len(posts) == 1
