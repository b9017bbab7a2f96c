"""People follow, are told, and mute, in a browser with and without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from articles.models import Article
from forum.models import Comment, Notification
from forum.notifications import following
from tests.browser.screens import NARROWEST, SMALL_TARGETS, TOO_WIDE, axe, violations
from tests.browser.test_walks import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Say = Callable[..., Comment]


@pytest.fixture
def busy(
    say: Say, article: Article, reader: User, other_reader: User, run_tasks: Callable[[], None]
) -> Comment:
    """A thread of the reader with notifications of several kinds for them."""
    head = say("It turns at noon.", by=reader)
    following.follow(by=reader, article=article)
    following.follow(by=reader, thread=head)
    for number in range(5):
        say(f"Reply {number}: it does not.", by=other_reader, parent=head)
    say("Ask @Ines Okafor about it.", by=other_reader)
    run_tasks()
    return head


@pytest.mark.parametrize("has_script", [True, False])
def test_somebody_follows_reads_and_mutes(
    new_page: Callable[..., Page],
    site: str,
    say: Say,
    author: User,
    reader: User,
    run_tasks: Callable[[], None],
    has_script: bool,
) -> None:
    head = say("It turns.", by=author)
    page = new_page(java_script_enabled=has_script)
    sign_in(page, site, reader)
    page.goto(f"{site}/articles/high-tide/")
    page.get_by_role("button", name="Follow the thread of Maren Holt").click()
    expect(page.get_by_role("button", name="Unfollow the thread of Maren Holt")).to_be_visible()
    say("It does.", by=author, parent=head)
    run_tasks()
    page.reload()
    expect(page.locator("header [data-unread]")).to_have_text("1")
    page.get_by_role("link", name="Notifications").click()
    new = page.locator("li[data-notification][data-unread]")
    expect(new).to_have_count(1)
    new.get_by_role("link").click()
    expect(page.get_by_text("It does.")).to_be_in_viewport()
    expect(page.locator("header [data-unread]")).to_have_count(0)
    page.goto(f"{site}/notifications/")
    page.get_by_role("button", name="Mute this thread").click()
    expect(page.locator("li[data-notification]")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("li[data-notification]")).to_have_count(1)


def test_a_group_is_marked_as_read_by_the_keyboard(
    page: Page, site: str, busy: Comment, reader: User
) -> None:
    sign_in(page, site, reader)
    page.goto(f"{site}/notifications/")
    expect(page.locator("header [data-unread]")).to_have_text("6")
    page.get_by_role("button", name="Mark as read").last.focus()
    page.keyboard.press("Enter")
    expect(page.locator("header [data-unread]")).to_have_text("1")
    assert Notification.objects.of(reader).unread().count() == 1


def test_a_comment_of_a_muted_person_opens_once(
    page: Page, site: str, busy: Comment, reader: User, other_reader: User
) -> None:
    following.mute_person(other_reader, by=reader)
    sign_in(page, site, reader)
    page.goto(f"{site}/articles/high-tide/")
    words = page.get_by_text("Reply 0: it does not.")
    expect(words).to_be_hidden()
    page.get_by_text("From someone you muted. Show once").nth(1).click()
    expect(words).to_be_visible()
    page.reload()
    expect(words).to_be_hidden()


@axe
def test_axe_finds_nothing_in_notifications(
    new_page: Callable[..., Page],
    site: str,
    busy: Comment,
    reader: User,
    author: User,
    width: int,
    scheme: str,
) -> None:
    following.mute_person(author, by=reader)
    following.mute_thread(busy, by=reader)
    following.unmute_thread(busy, by=reader)
    page = new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    sign_in(page, site, reader)
    paths = ["/notifications/", "/notifications/settings/", "/topics/tides/"]
    paths += [f"/comments/{busy.pk}/", "/articles/high-tide/"]
    found = {path: violations(page, site + path) for path in paths}
    assert {path: names for path, names in found.items() if names} == {}


def test_the_pages_fit_the_narrowest_screen(
    new_page: Callable[..., Page], site: str, busy: Comment, reader: User
) -> None:
    page = new_page(viewport={"width": NARROWEST, "height": 800})
    sign_in(page, site, reader)
    for path in ("/notifications/", "/notifications/settings/", f"/comments/{busy.pk}/"):
        page.goto(site + path)
        assert page.evaluate(SMALL_TARGETS) == []
        assert not page.evaluate(TOO_WIDE), path
