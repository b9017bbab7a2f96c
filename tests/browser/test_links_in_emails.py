"""Follow by email and press the links in emails, in a browser; axe looks at each page."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.links import Purpose, sign, sign_for
from accounts.models import User
from articles.models import Article
from forum.models import Comment, Subscription
from tests.browser.screens import NARROWEST, SMALL_TARGETS, TOO_WIDE, axe, violations
from tests.browser.test_walks import WORDS, sign_in
from tests.mail import Outbox, link_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FOLLOW = "/articles/high-tide/follow/"


@pytest.fixture
def paths(say: Callable[..., Comment], reader: User) -> list[str]:
    """The form to follow by email, and the pages behind links."""
    comment = say("It turns.")
    article, email = comment.discussion.article, "eilidh@example.com"
    key = Subscription.objects.create(article=article, email=email).pk
    tokens = [
        ("confirm", sign(Purpose.CONFIRM, "subscription", key)),
        ("confirm", sign(Purpose.CONFIRM, "address", reader.email)),
        ("unsubscribe", sign_for(reader, Purpose.UNSUBSCRIBE, "replies", "mentions")),
        ("unsubscribe", sign(Purpose.UNSUBSCRIBE, "subscription", key)),
        ("unsubscribe", sign(Purpose.UNSUBSCRIBE, "address", email)),
        ("mute", sign_for(reader, Purpose.MUTE, comment.pk)),
        ("mute", "expired"),
    ]
    return [FOLLOW, *(f"/notifications/{place}/{token}/" for place, token in tokens)]


def press(page: Page) -> None:
    """Press the button of the page, if it has one."""
    button = page.locator(".panel form .btn")
    if button.count():
        button.click()
        page.wait_for_load_state()


@pytest.mark.parametrize("has_script", [True, False])
def test_a_reader_follows_by_email_and_leaves(
    new_page: Callable[..., Page], site: str, article: Article, outbox: Outbox, has_script: bool
) -> None:
    page = new_page(java_script_enabled=has_script)
    page.goto(f"{site}/articles/high-tide/")
    page.get_by_role("link", name="Follow by email").click()
    page.get_by_label("Email").fill("eilidh@example")
    page.get_by_role("button", name="Follow by email").click()
    expect(page.get_by_label("Email")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Email").fill("eilidh@example.com")
    page.get_by_role("button", name="Follow by email").click()
    expect(page.get_by_role("heading", name="Check your email")).to_be_visible()
    page.goto(site + link_in(outbox()[0], "/notifications/confirm/"))
    page.get_by_role("button", name="Follow by email").click()
    expect(page.get_by_role("heading", name="You follow this article")).to_be_visible()
    subscription = Subscription.objects.get()
    assert subscription.confirmed_at
    token = sign(Purpose.UNSUBSCRIBE, "subscription", subscription.pk)
    page.goto(f"{site}/notifications/unsubscribe/{token}/")
    page.get_by_role("button", name="Turn off these emails").click()
    expect(page.get_by_role("heading", name="Emails turned off")).to_be_visible()
    assert not Subscription.objects.exists()


@pytest.mark.parametrize("has_script", [True, False])
def test_the_first_comment_offers_emails_about_replies(
    new_page: Callable[..., Page], site: str, article: Article, reader: User, has_script: bool
) -> None:
    page = new_page(java_script_enabled=has_script)
    sign_in(page, site, reader)
    page.goto(f"{site}/articles/high-tide/")
    page.get_by_label("Post your comment").and_(page.get_by_role("textbox")).fill(WORDS)
    page.get_by_role("button", name="Post your comment").click()
    button = page.get_by_role("checkbox", name="Email me replies")
    expect(button).to_be_checked()
    button.press("Space")
    expect(page.get_by_text("You get no emails about replies.")).to_be_visible()
    expect(button).not_to_be_checked()


@axe
def test_axe_finds_nothing_behind_links(
    new_page: Callable[..., Page], site: str, paths: list[str], width: int, scheme: str
) -> None:
    page = new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    for path in paths:
        assert violations(page, site + path) == [], path
        press(page)
        assert violations(page) == [], path


def test_the_pages_fit_the_narrowest_screen(
    new_page: Callable[..., Page], site: str, paths: list[str]
) -> None:
    page = new_page(viewport={"width": NARROWEST, "height": 800})
    for path in paths:
        page.goto(site + path)
        press(page)
        assert page.evaluate(SMALL_TARGETS) == [], path
        assert not page.evaluate(TOO_WIDE), path
