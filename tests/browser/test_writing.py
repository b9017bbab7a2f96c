"""Help for whoever writes: buttons, names, quotations and keys, whatever the keyboard."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from articles.models import Article
from forum.models import Comment
from tests.browser.test_walks import sign_in
from text.markdown import plain_text, render_comment

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESS = "/articles/high-tide/"
FENCE = "```"


def test_buttons_and_keys_put_the_signs_around_what_is_selected(
    page: Page, site: str, article: Article
) -> None:
    page.goto(site + ADDRESS)
    words = page.get_by_role("textbox", name="Post your comment")
    for press, typed, text in (
        ("Bold", "late", "**late**"),
        ("Link", "a page", "[a page]()"),
        ("Quote", "one\ntwo", "> one\n> two"),
        ("List", "one\ntwo", "- one\n- two"),
        ("Code", "x = 1", "`x = 1`"),
        ("Code", "x\ny", f"{FENCE}\nx\ny\n{FENCE}"),
        ("Control+b", "late", "**late**"),
        ("Control+i", "late", "*late*"),
        ("Control+k", "https://example.org/", "[](https://example.org/)"),
    ):
        words.click()
        words.fill(typed)
        page.keyboard.press("Control+A")
        if press.startswith("Control"):
            page.keyboard.press(press)
        else:
            page.get_by_role("toolbar").get_by_role("button", name=press).click()
        expect(words).to_have_value(text)
        expect(words).to_be_focused()


def test_a_field_grows_in_a_browser_where_it_does_not_by_itself(
    page: Page, site: str, reader: User, say: Callable[..., Comment]
) -> None:
    comment = say("One\n\nline\n\nafter\n\nthe\n\nother.")
    page.add_init_script("CSS.supports = () => false")
    page.route(
        "**/site*.css",
        lambda route: route.fulfill(body=route.fetch().text().replace("content; resize", "fixed")),
    )
    sign_in(page, site, reader)
    page.goto(f"{site}/comments/{comment.pk}/edit/")
    field = page.get_by_label("Your comment")
    hidden = "field => field.scrollHeight - field.clientHeight"
    assert field.evaluate("field => getComputedStyle(field).fieldSizing") == "fixed"
    assert field.evaluate(hidden) == 0
    field.fill("\n".join("So it is." for _ in range(15)))
    assert field.evaluate(hidden) == 0


def test_a_composed_name_opens_the_list(
    page: Page, site: str, reader: User, other_reader: User, say: Callable[..., Comment]
) -> None:
    say("Ask me.", by=other_reader)
    sign_in(page, site, reader)
    page.goto(site + ADDRESS)
    page.get_by_role("textbox", name="Post your comment").click()
    expect(page.get_by_role("toolbar")).to_be_visible()
    page.keyboard.type("@")
    keyboard = page.context.new_cdp_session(page)
    keyboard.send("Input.imeSetComposition", {"text": "To", "selectionStart": 2, "selectionEnd": 2})
    keyboard.send("Input.insertText", {"text": "To"})
    page.get_by_role("option", name="Tomas Reyle").click()
    expect(page.get_by_role("textbox", name="Post your comment")).to_have_value("@Tomas Reyle ")


@pytest.mark.parametrize(
    ("key", "code"), [("о", "KeyJ"), ("ξ", "KeyJ"), ("ת", "KeyJ"), ("j", "KeyC")]
)
def test_keys_work_on_keyboards_of_other_scripts(
    page: Page, site: str, article: Article, say: Callable[..., Comment], key: str, code: str
) -> None:
    comment = say("Ask me.")
    page.add_init_script("localStorage.setItem('keys', 'on')")
    page.goto(site + ADDRESS)
    page.evaluate(
        "event => document.body.dispatchEvent(new KeyboardEvent('keydown', event))",
        {
            "key": key,
            "code": code,
            "bubbles": True,
            "cancelable": True,
        },
    )
    expect(page.locator(f"#c{comment.pk}")).to_be_focused()


def test_what_is_quoted_by_hand_reads_as_it_did(
    page: Page, site: str, say: Callable[..., Comment]
) -> None:
    bodies = [
        f"Run `__main__`:\n\n{FENCE}\n> SELECT 1\n    indented\n{FENCE}\n\nThen stop.",
        "- one\n- two\n\n3. three\n4. four",
        "It is **so** *late*, [a page](https://example.org/a) and https://example.org/b.",
        "> They said X.\n\nI say Y.",
        "``a ` b`` and 5 > 3",
    ]
    comments = [say(body) for body in bodies]
    page.goto(site + ADDRESS)
    for comment in comments:
        place = page.locator(f"#c{comment.pk}")
        place.locator(".comment-body").evaluate("body => getSelection().selectAllChildren(body)")
        place.get_by_role("button", name="Quote").click()
        field = page.locator(f"#c{comment.pk} + form textarea")
        expect(field).to_have_value(re.compile("^> "))
        quoted, _end, _rest = render_comment(field.input_value()).rpartition("</blockquote>")
        assert plain_text(quoted) == plain_text(comment.html), field.input_value()


def test_a_reply_is_closed_by_its_button(
    page: Page, site: str, say: Callable[..., Comment]
) -> None:
    comment = say("Ask me.")
    page.goto(site + ADDRESS)
    page.locator(f"#c{comment.pk} [data-reply]").click()
    form = page.locator(f"#c{comment.pk} + form")
    form.get_by_role("link", name="Cancel").click()
    expect(form).to_be_hidden()
    expect(page.locator(f"#c{comment.pk} [data-reply]")).to_be_focused()


def test_a_reload_shows_the_same_threads_at_the_same_place(
    page: Page, site: str, article: Article, say: Callable[..., Comment]
) -> None:
    for number in range(45):
        say(f"Thread {number}")
    page.goto(site + ADDRESS)
    for shown in (40, 45):
        page.get_by_role("link", name="Show more threads").click()
        expect(page.locator("article.comment")).to_have_count(shown)
    page.wait_for_timeout(400)
    before = page.evaluate("scrollY")
    page.reload()
    expect(page.locator("article.comment")).to_have_count(45)
    page.wait_for_function("before => Math.abs(scrollY - before) < 50", arg=before)
    page.goto(f"{site}/help/")
    page.go_back()
    expect(page.locator("article.comment")).to_have_count(45)


def test_times_are_those_of_the_reader(
    new_page: Callable[..., Page], site: str, say: Callable[..., Comment]
) -> None:
    comment = say("Ask me.")
    minutes = f"{comment.created_at:%M}"
    page = new_page(timezone_id="Asia/Tokyo")
    page.goto(site + ADDRESS)
    hour = (comment.created_at.hour + 9) % 24
    time = page.locator(f"#c{comment.pk} .when time")
    expect(time).to_contain_text(f"{hour:02}:{minutes}")
    expect(time).not_to_contain_text("UTC")
    plain = new_page(timezone_id="Asia/Tokyo", java_script_enabled=False)
    plain.goto(site + ADDRESS)
    expect(plain.locator(f"#c{comment.pk} .when time")).to_contain_text(
        f"{comment.created_at:%H:%M} UTC"
    )
