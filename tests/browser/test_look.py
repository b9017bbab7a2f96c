"""Every page in its look, and as a screen reader gets it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from articles.models import Article
from articles.writing import render_and_save
from forum.models import Comment
from tests.browser.screens import (
    DESK,
    NARROWEST,
    PHONE,
    SMALL_TARGETS,
    TOO_WIDE,
    axe,
    violations,
)
from tests.browser.test_walks import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = [
    "/",
    "/articles/high-tide/",
    "/topics/tides/",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/accounts/login/code/",
    "/help/",
    "/help/privacy/",
    "/gone/",
]
SIGNED_IN_PAGES = [
    "/articles/high-tide/",
    "/accounts/",
    "/accounts/profile/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/sessions/",
    "/accounts/logout/",
]


@pytest.fixture
def deep_thread(say: Callable[..., Comment]) -> Comment:
    comment = say("The first words.\n\n    " + "code that is very long " * 8)
    for number in range(8):
        comment = say(f"Answer {number} with https://example.com/{'long' * 20}", parent=comment)
    return comment


@pytest.mark.parametrize("has_script", [True, False])
def test_the_composer_is_one_line_until_somebody_writes(
    new_page: Callable[..., Page],
    site: str,
    article: Article,
    say: Callable[..., Comment],
    has_script: bool,
) -> None:
    say("Ebb.")
    page = new_page(viewport={"width": PHONE, "height": 740}, java_script_enabled=has_script)
    page.goto(f"{site}/articles/high-tide/")
    composer, post = page.locator("#compose"), page.get_by_role("button", name="Post your comment")
    assert composer.evaluate("form => form.offsetHeight") <= 120
    expect(post).to_be_hidden()
    page.get_by_label("Post your comment").click()
    expect(post).to_be_visible()
    page.keyboard.press("Tab")
    expect(post).to_be_visible()


def test_an_order_lands_on_the_comments(
    new_page: Callable[..., Page], site: str, article: Article, say: Callable[..., Comment]
) -> None:
    comment = say("Ebb.")
    page = new_page(viewport={"width": PHONE, "height": 740})
    page.goto(f"{site}/articles/high-tide/")
    page.get_by_role("link", name="Newest").click()
    expect(page.locator(f"#c{comment.pk}")).to_be_in_viewport()


def test_the_notice_of_a_deletion_covers_no_contents(
    new_page: Callable[..., Page],
    site: str,
    reader: User,
    article: Article,
    say: Callable[..., Comment],
) -> None:
    page = new_page(viewport={"width": DESK, "height": 800})
    article.body = "Stand on a harbour wall at noon.\n\n" * 300
    render_and_save(article)
    comment = say("Ebb.")
    say("Flood.")
    sign_in(page, site, reader)
    page.goto(f"{site}/comments/{comment.pk}/delete/")
    page.get_by_role("button", name="Delete").click()
    notice, contents = (
        page.locator("#notices .notice"),
        page.get_by_role("heading", name="On this page"),
    )
    expect(contents).to_be_in_viewport()
    end = notice.evaluate("element => element.getBoundingClientRect().bottom")
    assert end <= contents.evaluate("element => element.getBoundingClientRect().top")


@axe
def test_axe_finds_nothing(
    new_page: Callable[..., Page],
    site: str,
    article: Article,
    deep_thread: Comment,
    width: int,
    scheme: str,
) -> None:
    page = new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    comment = f"/comments/{deep_thread.pk}/"
    pages = [*PAGES, comment, f"{comment}reply/", deep_thread.author.get_absolute_url()]
    found = {path: violations(page, site + path) for path in pages}
    assert {path: names for path, names in found.items() if names} == {}


@axe
def test_axe_finds_nothing_for_somebody_signed_in(
    new_page: Callable[..., Page],
    site: str,
    reader: User,
    deep_thread: Comment,
    width: int,
    scheme: str,
) -> None:
    page = new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    sign_in(page, site, reader)
    comment = f"/comments/{deep_thread.pk}/"
    found = {
        path: violations(page, site + path)
        for path in [*SIGNED_IN_PAGES, f"{comment}edit/", f"{comment}delete/"]
    }
    assert {path: names for path, names in found.items() if names} == {}


@axe
def test_axe_finds_nothing_in_the_admin(
    new_page: Callable[..., Page],
    site: str,
    moderator: User,
    article: Article,
    width: int,
    scheme: str,
) -> None:
    # Beside the fields of the admin, axe tries styles of its own, which the policy refuses.
    screen = {"width": width, "height": 800}
    page = new_page(viewport=screen, color_scheme=scheme, bypass_csp=True)
    sign_in(page, site, moderator)
    paths = ["/admin/", "/admin/articles/article/"]
    found = {path: violations(page, site + path) for path in paths}
    assert {path: names for path, names in found.items() if names} == {}


@axe
def test_axe_finds_nothing_on_the_way_of_a_comment(
    new_page: Callable[..., Page], site: str, article: Article, width: int, scheme: str
) -> None:
    page = new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto(f"{site}/articles/high-tide/")
    found = []
    for words in ("", "My harbour is up a river."):
        page.get_by_label("Post your comment").fill(words)
        page.get_by_label("Email").fill("jonas@example.com")
        page.get_by_role("button", name="Post your comment").click()
        page.wait_for_load_state()
        found += violations(page)
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Post your comment").click()
    page.wait_for_load_state()
    assert found + violations(page) == []


@pytest.mark.parametrize("zoom", [1, 2])
def test_nothing_is_wider_than_the_narrowest_screen(
    new_page: Callable[..., Page], site: str, article: Article, deep_thread: Comment, zoom: int
) -> None:
    page = new_page(viewport={"width": NARROWEST, "height": 800})
    too_wide = []
    for path in PAGES:
        page.goto(site + path)
        page.evaluate("zoom => document.documentElement.style.fontSize = `${zoom * 100}%`", zoom)
        if page.evaluate(TOO_WIDE):
            too_wide.append(path)
    assert too_wide == []


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_whatever_is_pressed_is_large_enough(
    new_page: Callable[..., Page], site: str, article: Article, deep_thread: Comment, width: int
) -> None:
    page = new_page(viewport={"width": width, "height": 800})
    small = []
    for path in PAGES:
        page.goto(site + path)
        small += page.evaluate(SMALL_TARGETS)
    assert small == []


def test_an_article_is_three_requests(
    page: Page, site: str, article: Article, deep_thread: Comment
) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(f"{site}/articles/high-tide/", wait_until="networkidle")
    assert (
        len([url for url in requests if not url.startswith("data:") and "favicon" not in url]) == 3
    )
    assert page.context.cookies() == []


def test_a_comment_is_few_elements(
    page: Page, site: str, article: Article, deep_thread: Comment
) -> None:
    page.goto(f"{site}/articles/high-tide/")
    spent = page.evaluate(
        "() => [...document.querySelectorAll('article.comment')].map(comment => "
        "comment.querySelectorAll('*').length + 1 - comment.querySelectorAll('.comment-body "
        "*').length)"
    )
    assert max(spent) <= 24


def test_the_chosen_colours_stay(page: Page, site: str, article: Article) -> None:
    page.goto(f"{site}/help/")
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.goto(f"{site}/articles/high-tide/")
    expect(page.get_by_role("button", name="Dark")).to_have_attribute("aria-pressed", "true")
    assert (
        page.evaluate("() => getComputedStyle(document.body).backgroundColor") == "rgb(14, 22, 23)"
    )
