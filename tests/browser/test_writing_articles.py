"""An article is written, ordered and published by keyboard alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from articles.models import Article
from tests.browser.desk import sign_in
from tests.browser.screens import SMALL_TARGETS, TOO_WIDE, axe, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

__all__ = ["sign_in"]


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_an_article_with_facts_and_questions_is_published_by_keyboard(
    page: Page, sign_in: Callable[..., Page]
) -> None:
    sign_in(page, "/desk/articles/new/")
    expect(page.locator("#id_title")).to_be_focused()
    page.keyboard.type("Why bread rises")
    press(page, "Enter")
    page.keyboard.type("Yeast gives off gas, and gluten holds it.")
    expect(page.locator("#short-answer-words")).to_have_text("Words: 8 of 50.")
    page.locator("#id_body").focus()
    page.keyboard.type("Yeast breathes.\n\n## Gluten\n\nIt holds.")
    expect(page.locator("[data-headings] a")).to_have_text(["Gluten"])
    page.locator("#id_facts-n1-label").focus()
    for number in range(1, 4):
        page.keyboard.type(f"Fact {number}")
        press(page, "Tab")
        page.keyboard.type(f"{number} %")
        press(page, "Enter")
    press(page, "Enter")
    expect(page.locator("#id_faq-n1-question")).to_be_focused()
    for number in range(1, 6):
        page.keyboard.type(f"Question {number}?")
        press(page, "Tab")
        page.keyboard.type("An answer.")
        press(page, *["Control+Enter"] * (number < 5))
    expect(page.locator('[data-count-of="faq"]')).to_have_text("5")
    page.locator('[data-rows="faq"] [data-move="up"]').last.focus()
    press(page, "Enter")
    press(page, "Control+s")
    expect(page.locator("[data-saved]")).to_contain_text("Saved")
    article = Article.objects.get()
    assert [str(fact) for fact in article.facts.all()] == [
        "Fact 1: 1 %",
        "Fact 2: 2 %",
        "Fact 3: 3 %",
    ]
    assert [entry.question[9] for entry in article.faq.all()] == ["1", "2", "3", "5", "4"]
    page.get_by_role("button", name="Publish").first.focus()
    press(page, "Enter")
    expect(page.locator("#notices")).to_contain_text("Published.")
    article.refresh_from_db()
    assert article.is_published


def test_a_removed_row_is_put_back_and_a_heading_leads_to_its_line(
    page: Page, sign_in: Callable[..., Page], with_questions: Article
) -> None:
    Article.objects.update(body="One.\n" * 100 + "\n## Late\n\nTwo.")
    sign_in(page, f"/desk/articles/{with_questions.pk}/")
    page.locator('[data-rows="faq"] [data-remove]').first.click()
    expect(page.locator('[data-rows="faq"] [data-row]')).to_have_count(2)
    page.keyboard.press("Enter")
    expect(page.locator('[data-rows="faq"] [data-title]')).to_have_text(
        ["First?", "Second?", "Third?"]
    )
    page.get_by_role("link", name="Late").click()
    place = page.evaluate("[document.activeElement.id, document.activeElement.selectionStart]")
    assert place == ["id_body", 501]
    assert page.evaluate("document.activeElement.scrollTop") > 1000


@axe
def test_axe_finds_nothing_at_the_desk(
    width: int,
    scheme: str,
    new_page: Callable[..., Page],
    sign_in: Callable[..., Page],
    with_questions: Article,
) -> None:
    page = sign_in(
        new_page(viewport={"width": width, "height": 800}, color_scheme=scheme),
        "/desk/?state=published",
    )
    site = page.url.partition("/desk/")[0]
    found = violations(page)
    for path in ("/desk/articles/new/", f"/desk/articles/{with_questions.pk}/", "/desk/questions/"):
        found += violations(page, site + path)
        found += page.evaluate(SMALL_TARGETS)
        assert not page.evaluate(TOO_WIDE), path
    page.goto(f"{site}/desk/articles/new/")
    page.get_by_role("button", name="Publish").first.click()
    expect(page.get_by_role("alert")).to_be_focused()
    assert found + violations(page) == []
    page.get_by_role("link", name="Enter a title.").click()
    expect(page.locator("#id_title")).to_be_focused()
