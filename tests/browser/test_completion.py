"""Names behind an "@" are completed for whoever is signed in."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from accounts.models import User
from articles.models import Article
from forum.models import Comment
from tests.browser.screens import SMALL_TARGETS, TOO_WIDE, axe, violations
from tests.browser.test_script import refuse
from tests.browser.test_walks import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESS = "/articles/high-tide/"


@pytest.fixture
def said(say: Callable[..., Comment], moderator: User) -> None:
    say("Ask me anything.")
    say("Or me.", by=moderator)


@pytest.fixture
def words(page: Page, site: str, article: Article, said: None, other_reader: User) -> Locator:
    """Return the field of a comment, for a person who is signed in."""
    return composer(page, site, other_reader)


def composer(page: Page, site: str, person: User) -> Locator:
    sign_in(page, site, person)
    page.goto(site + ADDRESS)
    words = page.get_by_label("Post your comment").and_(page.get_by_role("textbox"))
    words.focus()
    page.wait_for_selector(".names", state="attached")
    return words


def test_a_name_is_chosen_with_the_keys(page: Page, words: Locator) -> None:
    words.press_sequentially("Ask @o")
    options = page.get_by_role("listbox").get_by_role("option")
    expect(options).to_have_text(["Olwen Pryce", "Ines Okafor"])
    expect(words).to_have_attribute(
        "aria-activedescendant", options.first.get_attribute("id") or "none"
    )
    expect(page.locator("#notices").get_by_text("arrow keys: 2")).to_be_attached()
    for key in ("ArrowDown", "ArrowDown", "ArrowUp"):
        words.press(key)
    expect(options.and_(page.locator("[aria-selected=true]"))).to_have_text("Ines Okafor")
    words.press("Enter")
    expect(words).to_have_value("Ask @Ines Okafor ")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_a_name_begun_before_the_script_came_is_completed(
    page: Page, site: str, article: Article, said: None, other_reader: User
) -> None:
    coming: list[Route] = []

    def hold(route: Route) -> None:
        coming.append(route)

    page.route("**/writing.*js", hold)
    sign_in(page, site, other_reader)
    page.goto(site + ADDRESS)
    words = page.get_by_label("Post your comment").and_(page.get_by_role("textbox"))
    words.press_sequentially("@ines")
    coming[0].continue_()
    expect(page.get_by_role("option", name="Ines Okafor")).to_be_visible()


def test_a_name_is_pressed(page: Page, words: Locator) -> None:
    words.press_sequentially("@ines o")
    page.get_by_role("option", name="Ines Okafor").click()
    expect(words).to_have_value("@Ines Okafor ")
    expect(words).to_be_focused()


def test_escape_closes_the_list_and_keeps_the_form(page: Page, words: Locator) -> None:
    page.get_by_role("link", name="Reply to Ines Okafor").click()
    reply = page.get_by_role("textbox", name="Reply to Ines Okafor")
    reply.press_sequentially("@in")
    expect(page.get_by_role("listbox")).to_be_visible()
    reply.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(reply).to_be_focused()
    reply.press("Enter")
    expect(reply).to_have_value("@in\n")


def test_nobody_is_asked_for_where_no_name_begins_so(page: Page, words: Locator) -> None:
    asked: list[str] = []
    page.on(
        "request", lambda request: asked.append(request.url) if "/people/?" in request.url else None
    )
    with page.expect_response("**/people/?**") as answer:
        words.press_sequentially("jonas@example.com or @xy")
    answer.value.finished()
    page.wait_for_timeout(100)  # until the script has read it
    words.press_sequentially("zzy would know")
    page.wait_for_timeout(300)
    assert len(asked) == 1


def test_without_an_answer_the_name_is_typed(page: Page, words: Locator) -> None:
    page.route("**", refuse)
    words.press_sequentially("@Ines Okafor knows")
    expect(words).to_have_value("@Ines Okafor knows")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_without_its_module_the_name_is_typed(
    page: Page, site: str, said: None, other_reader: User
) -> None:
    def gone(route: Route) -> None:
        route.fulfill(status=503)

    page.route("**/writing*.js", gone)
    sign_in(page, site, other_reader)
    page.goto(site + ADDRESS)
    words = page.locator("#id_body")
    words.press_sequentially("@Ines")
    expect(words).to_have_value("@Ines")


def test_a_signed_out_reader_is_offered_nobody(page: Page, site: str, said: None) -> None:
    page.goto(site + ADDRESS)
    page.locator("#id_body").press_sequentially("@ines")
    page.wait_for_timeout(300)
    expect(page.locator(".names")).to_have_count(0)


@axe
def test_the_names_are_read_by_everybody(
    new_page: Callable[..., Page],
    site: str,
    said: None,
    other_reader: User,
    width: int,
    scheme: str,
) -> None:
    page = new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    composer(page, site, other_reader).press_sequentially("@o")
    expect(page.get_by_role("listbox")).to_be_visible()
    assert violations(page) == []
    assert page.evaluate(SMALL_TARGETS) == []
    assert not page.evaluate(TOO_WIDE)
