"""Selected words: those of a comment are quoted, those of the article are commented on."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from articles.models import Article
from forum.models import Comment
from tests.browser.screens import SMALL_TARGETS, TOO_WIDE, axe, violations
from tests.browser.test_script import refuse

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESS = "/articles/high-tide/"
SELECT = """(element, words) => {
    const walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    while (walk.nextNode() && !walk.currentNode.data.includes(words));
    const start = walk.currentNode.data.indexOf(words);
    const { currentNode } = walk;
    getSelection().setBaseAndExtent(currentNode, start, currentNode, start + words.length);
}"""
FIRST, LAST = "The moon moves on.", "So the bulge is late."


@pytest.fixture
def comment(page: Page, site: str, article: Article, say: Callable[..., Comment]) -> Locator:
    comment = say(f"{FIRST}\n\n{LAST}")
    page.goto(site + ADDRESS)
    return page.locator(f"#c{comment.pk}")


def select(within: Locator, words: str) -> None:
    within.evaluate(SELECT, words)


def test_selected_words_are_quoted_where_the_reply_is_written(page: Page, comment: Locator) -> None:
    select(comment, "moon moves")
    comment.get_by_role("button", name="Quote").click()
    words = page.get_by_role("textbox", name="Reply to Ines Okafor")
    expect(words).to_have_value("> moon moves\n\n")
    expect(words).to_be_focused()
    page.keyboard.type("Does it?")
    expect(words).to_have_value("> moon moves\n\nDoes it?")
    expect(comment.get_by_role("button", name="Quote")).to_have_count(0)


def test_more_is_quoted_below_what_is_written(page: Page, comment: Locator) -> None:
    comment.get_by_role("link", name="Reply").click()
    words = page.get_by_role("textbox", name="Reply to Ines Okafor")
    words.fill("First this.")
    select(comment, LAST)
    comment.get_by_role("button", name="Quote").click()
    expect(words).to_have_value(f"First this.\n\n> {LAST}\n\n")


def test_a_whole_paragraph_and_several_are_quoted(page: Page, comment: Locator) -> None:
    comment.get_by_text(LAST).click(click_count=3)
    comment.get_by_role("button", name="Quote").click()
    words = page.get_by_role("textbox", name="Reply to Ines Okafor")
    expect(words).to_have_value(f"> {LAST}\n\n")
    words.fill("")
    comment.locator(".comment-body").evaluate("body => getSelection().selectAllChildren(body)")
    comment.get_by_role("button", name="Quote").click()
    expect(words).to_have_value(f"> {FIRST}\n> \n> {LAST}\n\n")


def test_the_keyboard_comes_to_the_button_behind_the_words(page: Page, comment: Locator) -> None:
    comment.get_by_text(LAST).dblclick(position={"x": 8, "y": 8})
    button = comment.get_by_role("button", name="Quote")
    expect(button).to_be_visible()
    for _ in ("name", "date", "button"):
        page.keyboard.press("Tab")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Reply to Ines Okafor")).to_have_value("> So\n\n")


def test_what_is_selected_across_comments_is_nobodys_words(
    page: Page, comment: Locator, site: str, say: Callable[..., Comment]
) -> None:
    say("Another one.")
    page.goto(site + ADDRESS)
    page.locator(".thread").first.evaluate("list => getSelection().selectAllChildren(list)")
    page.wait_for_timeout(300)
    expect(page.get_by_role("button", name="Quote")).to_have_count(0)


def test_without_an_answer_the_reply_is_a_page(page: Page, comment: Locator) -> None:
    page.route("**", refuse)
    select(comment, "late")
    comment.get_by_role("button", name="Quote").click()
    page.wait_for_url("**/reply/")


def test_words_of_the_article_are_commented_on(page: Page, comment: Locator) -> None:
    select(page.locator("#p-1"), "harbour wall")
    page.get_by_role("link", name="Comment on this", exact=True).click()
    page.wait_for_url("**/passages/p-1/?words=harbour%20wall#compose")
    expect(page.locator("form.compose q")).to_have_text("harbour wall")
    expect(page.locator("[name=passage_words]")).to_have_value("harbour wall")


@pytest.mark.parametrize(
    ("body", "quoted"),
    [
        ("&gt; sign", "> &gt; sign\n\n"),
        ("a &#96;sign&#96;", "> a &#96;sign`\n\n"),
        ("don`t and can`t", "> don`t and can`t\n\n"),
        (">50 of them", "> >50 of them\n\n"),
    ],
)
def test_signs_that_were_no_markup_become_none(
    body: str, quoted: str, page: Page, site: str, say: Callable[..., Comment]
) -> None:
    comment = say(body)
    page.goto(site + ADDRESS)
    page.locator(f"#c{comment.pk} .comment-body p").click(click_count=3)
    page.locator(f"#c{comment.pk}").get_by_role("button", name="Quote").click()
    expect(page.get_by_role("textbox", name="Reply to Ines Okafor")).to_have_value(quoted)


@axe
def test_the_offer_is_read_by_everybody(
    new_page: Callable[..., Page], site: str, say: Callable[..., Comment], width: int, scheme: str
) -> None:
    say(f"{FIRST} {'It has a long way to go. ' * 9}")
    page = new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto(site + ADDRESS)
    for words, within in (
        (FIRST, page.locator(".comment")),
        ("harbour wall", page.locator("#p-1")),
    ):
        within.scroll_into_view_if_needed()
        select(within, words)
        expect(page.locator(".quote")).to_be_in_viewport()
        page.wait_for_timeout(250)
        assert violations(page) == []
        assert page.evaluate(SMALL_TARGETS) == []
        assert not page.evaluate(TOO_WIDE)
