"""A discussion by keyboard: folded at once, and with single keys for whoever switched them on."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from articles.models import Article
from forum.models import Comment
from tests.browser.screens import SMALL_TARGETS, TOO_WIDE, axe, violations
from tests.browser.test_script import refuse

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESS = "/articles/high-tide/"
REFUSE_STORAGE = """Object.defineProperty(globalThis, "localStorage", {
    get() { throw new DOMException("", "SecurityError") },
})"""


@pytest.fixture
def comments(say: Callable[..., Comment]) -> dict[str, str]:
    """Two threads; in the one that is shown first there is an answer to an answer."""
    second = say("The second thread.")
    first = say("The first thread.")
    answer = say("An answer.", parent=first)
    deeper = say("An answer to it.", parent=answer)
    return {
        "first": f"c{first.pk}",
        "answer": f"c{answer.pk}",
        "deeper": f"c{deeper.pk}",
        "second": f"c{second.pk}",
    }


@pytest.fixture
def keyed(page: Page, site: str, comments: dict[str, str]) -> Page:
    """The page of somebody who uses the keys."""
    page.goto(f"{site}{ADDRESS}?sort=newest")
    switch_on(page)
    return page


def switch_on(page: Page) -> None:
    page.get_by_role("link", name="Keyboard shortcuts").click()
    page.get_by_label("Use these keys in this browser").check()
    page.get_by_role("button", name="Close").click()


def test_keys_are_off_until_they_are_switched_on(
    page: Page, site: str, comments: dict[str, str]
) -> None:
    page.goto(site + ADDRESS)
    page.keyboard.press("j")
    expect(page.locator("body")).to_be_focused()
    switch_on(page)
    page.keyboard.press("j")
    expect(page.locator("article.comment").first).to_be_focused()


def test_they_stay_on_and_go_off(keyed: Page, comments: dict[str, str]) -> None:
    keyed.reload()
    keyed.keyboard.press("?")
    expect(keyed.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    keyed.get_by_label("Use these keys in this browser").uncheck()
    keyed.keyboard.press("Escape")
    keyed.reload()
    keyed.keyboard.press("j")
    expect(keyed.locator("body")).to_be_focused()


def test_the_focus_moves_with_the_keys(keyed: Page, comments: dict[str, str]) -> None:
    for key, name in [
        ("t", "first"),
        ("j", "answer"),
        ("j", "deeper"),
        ("p", "answer"),
        ("T", "first"),
        ("t", "second"),
        ("j", "second"),
        ("k", "deeper"),
        ("t", "second"),
        ("T", "first"),
        ("k", "first"),
    ]:
        keyed.keyboard.press(key)
        expect(keyed.locator(f"#{comments[name]}"), key).to_be_focused()


def test_what_is_folded_is_passed_over(keyed: Page, comments: dict[str, str]) -> None:
    keyed.keyboard.press("t")
    keyed.keyboard.press("o")
    expect(keyed.get_by_text("An answer.", exact=True)).to_be_hidden()
    keyed.keyboard.press("j")
    expect(keyed.locator(f"#{comments['second']}")).to_be_focused()


def test_the_next_new_comment_is_opened_where_it_was_folded(
    keyed: Page, comments: dict[str, str]
) -> None:
    keyed.locator(f"#{comments['deeper']}").evaluate("comment => comment.classList.add('new')")
    keyed.get_by_role("button", name="Collapse replies").click()
    keyed.keyboard.press("n")
    expect(keyed.locator(f"#{comments['deeper']}")).to_be_focused()
    expect(keyed.get_by_text("An answer to it.")).to_be_visible()


def test_a_reply_is_written_and_its_letters_are_no_keys(
    keyed: Page, comments: dict[str, str]
) -> None:
    keyed.keyboard.press("t")
    keyed.keyboard.press("r")
    words = keyed.get_by_role("textbox", name="Reply to Ines Okafor")
    expect(words).to_be_focused()
    keyed.keyboard.type("joke")
    expect(words).to_have_value("joke")


def test_all_replies_are_folded_and_stay_so(
    page: Page, site: str, comments: dict[str, str]
) -> None:
    page.goto(site + ADDRESS)
    page.get_by_role("button", name="Collapse replies").click()
    expect(page.get_by_text("An answer.", exact=True)).to_be_hidden()
    page.reload()
    expect(page.get_by_text("An answer.", exact=True)).to_be_hidden()
    page.get_by_role("button", name="Show all replies").click()
    expect(page.get_by_text("An answer to it.")).to_be_visible()


def test_without_an_answer_the_list_is_a_page(
    page: Page, site: str, comments: dict[str, str]
) -> None:
    page.goto(site + ADDRESS)
    page.route("**", refuse)
    page.get_by_role("link", name="Keyboard shortcuts").click()
    page.wait_for_url("**/help/#keys")
    expect(page.get_by_role("heading", name="Keyboard shortcuts")).to_be_visible()


def test_without_storage_the_keys_are_on_for_one_page(
    page: Page, site: str, comments: dict[str, str]
) -> None:
    page.add_init_script(REFUSE_STORAGE)
    page.goto(site + ADDRESS)
    switch_on(page)
    page.keyboard.press("t")
    expect(page.locator("article.comment").first).to_be_focused()


@axe
def test_the_list_is_read_by_everybody(
    new_page: Callable[..., Page],
    site: str,
    article: Article,
    comments: dict[str, str],
    width: int,
    scheme: str,
) -> None:
    page = new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto(site + ADDRESS)
    page.get_by_role("link", name="Keyboard shortcuts").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert violations(page) == []
    assert page.evaluate(SMALL_TARGETS) == []
    assert not page.evaluate(TOO_WIDE)
