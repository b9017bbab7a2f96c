"""Buttons for emails: after the first comment, and for an address that gets none any more."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from articles.models import Article
from forum.models import Comment, NotificationSettings, Policy
from mail.models import Suppression
from tests.mail import Outbox, link_in

ON, OFF = 'aria-checked="true"', 'aria-checked="false"'


@pytest.fixture
def browser(reader: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(reader)


def post(browser: Client, body: str) -> str:
    answer = browser.post("/articles/high-tide/comments/", {"body": body, "key": body}, follow=True)
    return str(answer.text)


def test_after_the_first_comment_one_press_turns_replies_off_and_on(
    browser: Client, article: Article, reader: User
) -> None:
    page = post(browser, "It turns.")
    assert "Email me replies" in page
    assert ON in page
    page = browser.post("/notifications/email-replies/", {"off": "1"}, follow=True).text
    assert OFF in page
    assert NotificationSettings.objects.get(person=reader).replies == "never"
    page = browser.post("/notifications/email-replies/", follow=True).text
    assert ON in page
    assert NotificationSettings.objects.get(person=reader).replies == "at_once"


def test_it_is_offered_beside_a_first_comment_that_waits(
    browser: Client, article: Article, client_of: Callable[[User], Client], moderator: User
) -> None:
    Policy.objects.create(mode=Policy.Mode.BEFORE)
    page = post(browser, "It turns.")
    assert "Email me replies" in page
    assert ON in page
    address = Comment.objects.get().get_absolute_url()
    assert "Email me replies" not in client_of(moderator).get(address).text
    assert OFF in browser.post("/notifications/email-replies/", {"off": "1"}, follow=True).text
    assert "Email me replies" not in browser.get(address).text


def test_it_is_offered_once(browser: Client, article: Article) -> None:
    post(browser, "It turns.")
    assert "Email me replies" not in post(browser, "It does.")


def test_the_account_page_offers_to_try_a_refused_address_again(
    browser: Client, outbox: Outbox, reader: User
) -> None:
    assert "You get no notifications by email" not in browser.get("/accounts/").text
    Suppression.objects.stop(["ines@example.com"], cause="refused")
    page = browser.get("/accounts/").text
    assert "the server of your address refused an email" in page
    browser.post("/notifications/email-again/")
    [email] = outbox()
    link = link_in(email, "/notifications/confirm/")
    assert "ines@example.com" in Client().get(link).text
    assert Suppression.objects.exists()
    assert "You get notifications again" in Client().post(link).text
    assert not Suppression.objects.exists()


def test_such_letters_are_limited_as_codes_are(browser: Client, outbox: Outbox) -> None:
    Suppression.objects.stop(["ines@example.com"], cause="refused")
    for _ in range(9):
        browser.post("/notifications/email-again/")
    assert len(outbox()) == 4  # one before the browser was known, and three of a known one


def test_there_is_no_letter_without_need(browser: Client, outbox: Outbox) -> None:
    browser.post("/notifications/email-again/")
    assert outbox() == []
