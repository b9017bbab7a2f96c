"""A paragraph, what a reader says of it, and what becomes of
both: without JavaScript, as anybody may read.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from articles.models import Article
from articles.writing import render_and_save
from forum.discussion.models.about import fields_about
from forum.models import Comment, Discussion
from forum.posting.post import post_comment
from tests.browser.screens import NARROWEST, SMALL_TARGETS, TOO_WIDE, axe, violations
from tests.browser.test_walks import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NOON, RISING = "Stand on a harbour wall at noon.", "The tide will still be rising."
PAGE, PASSAGE = "/articles/high-tide/", "/articles/high-tide/passages/p-1/"


@pytest.fixture
def remark(article: Article, discussion: Discussion, reader: User) -> Comment:
    tie = fields_about(article.passages.get(anchor="p-1"))
    return post_comment(
        discussion, by=reader, body="Which wall?", key="k", **{**tie, "kind": "question"}
    )


def rewrite(article: Article, *paragraphs: str) -> None:
    article.body = "\n\n".join(paragraphs)
    render_and_save(article)


def test_a_comment_follows_its_paragraph(
    page_without_javascript: Page, site: str, article: Article, reader: User
) -> None:
    page = page_without_javascript
    sign_in(page, site, reader)
    page.goto(site + PAGE)
    page.locator("#p-1").get_by_role("link", name="Comment on this paragraph").click()
    expect(page.get_by_role("blockquote")).to_have_text(NOON)
    page.get_by_label("Post your comment").fill("Which wall?")
    page.get_by_label("Type").select_option("Question")
    page.get_by_role("button", name="Post your comment").click()
    comment = page.locator("article.comment", has_text="Which wall?")
    expect(comment.get_by_text("Question", exact=True)).to_be_visible()
    expect(comment.get_by_role("link", name=NOON)).to_have_attribute("href", f"{PAGE}#p-1")
    expect(
        page.locator("#p-1").get_by_role("link", name="1 comment on this paragraph")
    ).to_be_visible()

    rewrite(article, RISING, "Stand on a harbour wall at six.")
    page.goto(site + PAGE)
    comment.get_by_text("The passage has changed since.").click()
    expect(comment.locator("q")).to_have_text(NOON)
    expect(comment.get_by_role("link", name=NOON)).to_have_attribute("href", f"{PAGE}#p-1")

    rewrite(article, RISING)
    page.goto(site + PAGE)
    expect(comment.get_by_role("blockquote")).to_have_text(NOON)
    expect(comment.get_by_text("no longer in the article")).to_be_visible()


@axe
def test_axe_finds_nothing_beside_a_passage(
    new_page: Callable[..., Page],
    site: str,
    article: Article,
    remark: Comment,
    width: int,
    scheme: str,
) -> None:
    page = new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    before = [violations(page, site + path) for path in (PAGE, PASSAGE)]
    rewrite(article, NOON.replace("noon", "six"), RISING)
    changed = violations(page, site + PAGE)
    rewrite(article, RISING)
    assert [*before, changed, violations(page, site + PAGE), violations(page, site + PASSAGE)] == [
        []
    ] * 5


def test_the_lists_of_editors_are_read_and_settled(
    page: Page, site: str, remark: Comment, moderator: User
) -> None:
    sign_in(page, site, moderator)
    page.get_by_role("link", name="Desk").click()
    page.get_by_role("link", name="Questions").click()
    assert violations(page) == []
    page.get_by_role("button", name="Mark as done").click()
    expect(page.get_by_text("No open questions.")).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize("touch", [True, False])
def test_the_link_is_large_enough_and_widens_nothing(
    new_page: Callable[..., Page], site: str, remark: Comment, touch: bool
) -> None:
    page = new_page(viewport={"width": NARROWEST, "height": 800}, has_touch=touch, is_mobile=touch)
    for path in (PAGE, PASSAGE):
        page.goto(site + path)
        assert page.evaluate(SMALL_TARGETS) == []
        assert not page.evaluate(TOO_WIDE)
    page.goto(site + PAGE)
    opacity = page.locator("#p-2 .about").evaluate("link => getComputedStyle(link).opacity")
    assert opacity == ("1" if touch else "0")
