"""The main walks in a real browser: with JavaScript, without it, and by keyboard alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Playwright, expect
from pytest_django import Settings

from accounts.models import User
from articles.models import Article
from forum.models import Comment, Discussion
from forum.moderation import locking
from tests.browser.conftest import FLAGS
from tests.conftest import PASSWORD
from tests.environment import CHROMIUM
from tests.mail import Outbox, code_in, link_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = "My harbour is half a kilometre up a river."


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def walker(request: pytest.FixtureRequest) -> Page:
    fixture = "page" if request.param == "with JavaScript" else "page_without_javascript"
    page: Page = request.getfixturevalue(fixture)
    return page


@pytest.fixture
def other_device(new_page: Callable[..., Page]) -> Page:
    return new_page()


def sign_in(page: Page, site: str, person: User) -> None:
    page.goto(f"{site}/accounts/login/")
    page.get_by_label("Email").fill(person.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"{site}/")


def write(page: Page, site: str, email: str) -> None:
    page.goto(f"{site}/articles/high-tide/")
    page.get_by_label("Post your comment").fill(WORDS)
    page.get_by_label("Email").fill(email)


def test_a_newcomer_reads_writes_and_posts(
    walker: Page, site: str, article: Article, outbox: Outbox
) -> None:
    write(walker, site, "jonas@example.com")
    walker.get_by_role("button", name="Post your comment").click()
    expect(walker.get_by_text(WORDS)).to_be_visible()
    walker.get_by_label("Code").fill(code_in(outbox()[-1]))
    walker.get_by_label("Display name").fill("Jonas Wick")
    walker.get_by_role("button", name="Post your comment").click()
    expect(walker.locator("article.comment", has_text=WORDS)).to_be_visible()
    expect(walker.get_by_text("Your comment is published.")).to_be_visible()


def test_back_leads_over_each_error_to_the_article(
    walker: Page, site: str, article: Article, outbox: Outbox
) -> None:
    """Without a page of the browser that asks whether to send a form once more."""
    write(walker, site, "not an address")
    post = walker.get_by_role("button", name="Post your comment")
    post.click()
    walker.get_by_label("Email").fill("jonas@example.com")
    post.click()
    for name, code in (("Jonas Wick", "000000"), (article.author.username, ""), ("Jonas Wick", "")):
        walker.get_by_label("Code").fill(code or code_in(outbox()[-1]))
        walker.get_by_label("Display name").fill(name)
        post.click()
        walker.wait_for_load_state()
    expect(walker.get_by_text("Your comment is published.")).to_be_visible()
    for error in ("This name", "That code isn't right"):
        walker.go_back()
        expect(walker.locator(".summary")).to_contain_text(error)
    walker.go_back()
    walker.go_back()
    expect(walker.get_by_label("Post your comment")).to_have_value(WORDS)
    walker.go_back()
    assert walker.url == f"{site}/articles/high-tide/"


def test_a_returning_reader_posts_with_the_password(
    walker: Page, site: str, article: Article, reader: User, outbox: Outbox
) -> None:
    write(walker, site, reader.email)
    walker.get_by_role("button", name="Post your comment").click()
    walker.get_by_text("Use your password instead").click()
    walker.get_by_label("Password", exact=True).fill(PASSWORD)
    walker.get_by_role("button", name="Sign in and post").click()
    expect(walker.locator("article.comment", has_text=WORDS)).to_be_visible()


def test_a_forgotten_password_is_got_back_and_the_words_are_kept(
    walker: Page, site: str, article: Article, reader: User, outbox: Outbox
) -> None:
    write(walker, site, reader.email)
    walker.get_by_role("button", name="Forgot password?").click()
    walker.get_by_label("Code").fill(code_in(outbox()[-1]))
    walker.get_by_role("button", name="Continue").click()
    walker.get_by_label("New password").fill("a river up the harbour")
    walker.get_by_role("button", name="Save").click()
    expect(walker.locator("article.comment", has_text=WORDS)).to_be_visible()


def test_the_mailed_link_goes_on_elsewhere(
    walker: Page, site: str, article: Article, reader: User, outbox: Outbox, other_device: Page
) -> None:
    write(walker, site, reader.email)
    walker.get_by_role("button", name="Forgot password?").click()
    other_device.goto(f"{site}{link_in(outbox()[-1], '/accounts/password/reset/key/')}")
    other_device.get_by_label("New password").fill("a river up the harbour")
    other_device.get_by_role("button", name="Save").click()
    other_device.get_by_role("button", name="I wrote this").click()
    expect(other_device.get_by_label("Post your comment")).to_have_value(WORDS)


def test_a_reply_is_written_under_what_it_answers(
    walker: Page, site: str, article: Article, reader: User, say: Callable[..., Comment]
) -> None:
    say("Ask me anything.")
    sign_in(walker, site, reader)
    walker.goto(f"{site}/articles/high-tide/")
    walker.get_by_role("link", name="Reply to Ines Okafor").click()
    walker.get_by_label("Reply to Ines Okafor").fill("Why fifty minutes?")
    walker.get_by_role("button", name="Post your reply").click()
    expect(
        walker.locator("details.replies article.comment", has_text="Why fifty minutes?")
    ).to_be_visible()


def test_a_deletion_is_undone(
    walker: Page, site: str, article: Article, reader: User, say: Callable[..., Comment]
) -> None:
    say(WORDS)
    sign_in(walker, site, reader)
    walker.goto(f"{site}/articles/high-tide/")
    walker.get_by_role("link", name="Delete your comment").click()
    walker.get_by_role("button", name="Delete").click()
    expect(walker.get_by_text(WORDS)).to_have_count(0)
    walker.get_by_role("button", name="Undo").click()
    expect(walker.locator("article.comment", has_text=WORDS)).to_be_visible()


def test_words_survive_an_expired_session(
    walker: Page, site: str, article: Article, reader: User, outbox: Outbox
) -> None:
    sign_in(walker, site, reader)
    walker.goto(f"{site}/articles/high-tide/")
    walker.get_by_label("Post your comment").fill(WORDS)
    walker.context.clear_cookies(name="session")
    walker.get_by_role("button", name="Post your comment").click()
    expect(walker.get_by_text(WORDS)).to_be_visible()
    walker.get_by_role("link", name="Other ways to sign in").click()
    walker.get_by_label("Email").fill(reader.email)
    walker.get_by_label("Password", exact=True).fill(PASSWORD)
    walker.get_by_role("button", name="Sign in", exact=True).click()
    expect(walker.get_by_label("Post your comment")).to_have_value(WORDS)


def test_words_survive_a_failed_token(
    walker: Page, site: str, article: Article, reader: User
) -> None:
    sign_in(walker, site, reader)
    walker.goto(f"{site}/articles/high-tide/")
    walker.get_by_label("Post your comment").fill(WORDS)
    walker.context.clear_cookies(name="csrf")
    walker.get_by_role("button", name="Post your comment").click()
    walker.get_by_role("button", name="Post comment").click()
    expect(walker.locator("article.comment", has_text=WORDS)).to_be_visible()


def test_words_survive_a_discussion_closed_meanwhile(
    walker: Page, site: str, article: Article, reader: User, moderator: User
) -> None:
    sign_in(walker, site, reader)
    walker.goto(f"{site}/articles/high-tide/")
    walker.get_by_label("Post your comment").fill(WORDS)
    locking.close(Discussion.objects.of(article), by=moderator)
    walker.get_by_role("button", name="Post your comment").click()
    expect(walker.get_by_text("The discussion was closed while you were writing.")).to_be_visible()
    expect(walker.get_by_label("Your comment")).to_have_value(WORDS)


def test_words_survive_the_limit_of_one_person(
    walker: Page, site: str, article: Article, reader: User, settings: Settings
) -> None:
    settings.COMMENT_RATE = (1, 600)
    sign_in(walker, site, reader)
    for _ in range(2):
        walker.goto(f"{site}/articles/high-tide/")
        walker.get_by_label("Post your comment").fill(WORDS)
        walker.get_by_role("button", name="Post your comment").click()
    expect(walker.get_by_text("You are posting too fast. Try again in")).to_be_visible()
    expect(walker.get_by_label("Post your comment")).to_have_value(WORDS)


def test_words_survive_signing_up_in_between(
    walker: Page, site: str, article: Article, outbox: Outbox
) -> None:
    write(walker, site, "")
    walker.get_by_role("button", name="Post your comment").click()
    walker.get_by_role("link", name="Other ways to sign in").click()
    walker.get_by_role("link", name="Create an account").click()
    walker.get_by_label("Email").fill("jonas@example.com")
    walker.get_by_label("Display name").fill("Jonas Wick")
    walker.locator("main form button.btn").first.click()
    walker.get_by_label("Code").fill(code_in(outbox()[-1]))
    walker.get_by_role("button", name="Continue").click()
    expect(walker.get_by_label("Post your comment")).to_have_value(WORDS)
    walker.get_by_role("button", name="Post your comment").click()
    expect(walker.locator("article.comment", has_text=WORDS)).to_be_visible()


def test_an_administrator_removes_a_comment_and_it_is_gone(
    walker: Page,
    site: str,
    article: Article,
    moderator: User,
    reader: User,
    say: Callable[..., Comment],
) -> None:
    say("Buy now.")
    sign_in(walker, site, moderator)
    walker.goto(f"{site}/articles/high-tide/")
    walker.get_by_role("link", name="Moderate the comment of Ines Okafor").click()
    walker.get_by_label("Remove (leave a notice)").check()
    walker.get_by_label("Reason").select_option(label="Spam")
    walker.get_by_role("button", name="Save decision").click()
    walker.goto(f"{site}/articles/high-tide/")
    expect(walker.get_by_text("Buy now.")).to_have_count(0)
    expect(walker.get_by_text("Removed by a moderator")).to_be_visible()


def test_a_comment_is_written_and_posted_by_keyboard_alone(
    page: Page, site: str, article: Article, outbox: Outbox
) -> None:
    page.goto(f"{site}/articles/high-tide/")
    tab_to(page, "#id_body")
    page.keyboard.type(WORDS)
    tab_to(page, "#id_email")
    page.keyboard.type("jonas@example.com")
    page.keyboard.press("Enter")
    page.wait_for_url("**/drafts/**")
    tab_to(page, "#id_code")
    page.keyboard.type(code_in(outbox()[-1]))
    tab_to(page, "#id_username")
    page.keyboard.type("Jonas Wick")
    page.keyboard.press("Enter")
    expect(page.locator("article.comment", has_text=WORDS)).to_be_visible()


def tab_to(page: Page, selector: str) -> None:
    """Presses Tab until the element has the focus; what has it on the way must be visible."""
    for _ in range(80):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
        visible = page.evaluate("() => document.activeElement.checkVisibility()")
        assert visible, "the focus is on something nobody sees"
    raise AssertionError(f"Tab never reaches {selector}")


def test_back_after_signing_out_shows_nothing_private(
    playwright: Playwright, site: str, moderator: User, article: Article
) -> None:
    # Playwright turns the back/forward cache off.
    browser = playwright.chromium.launch(
        executable_path=CHROMIUM, args=FLAGS, ignore_default_args=["--disable-back-forward-cache"]
    )
    page = browser.new_page()
    sign_in(page, site, moderator)
    for path in ("/moderation/", "/accounts/", "/accounts/logout/"):
        page.goto(site + path)
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(f"{site}/")
    for _ in range(3):
        page.go_back()
        expect(page.get_by_text("Sign in", exact=True).first).to_be_visible()
        assert moderator.email not in page.content()
        assert "Queue" not in page.title()
    browser.close()
