"""Drafts are kept, restored, limited and forgotten."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth import get_user
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from accounts.models import User
from articles.models import Article
from forum.models import Comment, Draft
from tests.conftest import OUR_PAGE
from tests.forum.posting.drafts import ADDRESS, write
from tests.mail import Outbox, code_in, link_in


def test_a_post_from_elsewhere_keeps_nothing(article: Article, browser: Client) -> None:
    for sender in (
        {},
        {"HTTP_SEC_FETCH_SITE": "cross-site"},
        {"HTTP_ORIGIN": "https://evil.example"},
    ):
        assert (
            browser.post(ADDRESS, {"body": "x", "email": "a@example.com"}, **sender).status_code
            == 403
        )
    assert Draft.objects.count() == 0


def test_a_text_is_kept_for_seven_days(article: Article, browser: Client) -> None:
    step = write(browser)
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert browser.get(step).status_code == 404


def test_a_text_is_offered_again_after_signing_in_by_another_door(
    article: Article, reader: User, browser: Client
) -> None:
    write(browser, email="")
    browser.force_login(reader, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "You have an unfinished comment" in browser.get("/articles/high-tide/").content.decode()


def test_a_text_under_somebodys_address_is_not_put_into_their_mouth(
    article: Article, reader: User, browser: Client, client_of: Callable
) -> None:
    write(browser, email=reader.email)
    assert (
        "You have an unfinished comment"
        not in client_of(reader).get("/articles/high-tide/").content.decode()
    )


def test_an_address_in_capitals_is_the_same_address(
    article: Article, reader: User, browser: Client, client_of: Callable
) -> None:
    assert client_of(reader).get(write(browser, email=reader.email.upper())).status_code == 200


def test_a_draft_can_be_deleted_and_brought_back_by_its_writer_alone(
    article: Article, browser: Client, outbox: Outbox
) -> None:
    step = write(browser)
    code = code_in(outbox()[0])
    page = browser.post(f"{step}discard/", follow=True)
    assert f'action="{step}undiscard/"' in page.content.decode()
    assert browser.get(step).status_code == 404
    Client().post(f"{step}undiscard/")
    assert browser.get(step).status_code == 404
    assert (
        "My harbour is up a river."
        in browser.post(f"{step}undiscard/", follow=True).content.decode()
    )
    assert browser.post(step, {"code": code, "username": "Jonas Wick"}).status_code == 422, (
        "its code ended with it"
    )


def test_a_new_code_is_announced_and_the_name_that_was_typed_stays(
    article: Article, browser: Client, outbox: Outbox
) -> None:
    step = write(browser)
    page = browser.post(
        f"{step}code/", {"email": "new@example.com", "username": "Jonas Wick"}, follow=True
    )
    assert "We sent a new code." in page.content.decode()
    assert 'value="Jonas Wick"' in page.content.decode()


def test_a_first_code_is_not_announced_as_a_new_one(
    article: Article, browser: Client, outbox: Outbox
) -> None:
    step = write(browser, email="")
    page = browser.post(f"{step}code/", {"email": "new@example.com"}, follow=True).content.decode()
    assert code_in(outbox()[0])
    assert "Enter the code we sent to <b>new@example.com</b>" in page
    assert "We sent a new code." not in page


def test_a_browser_without_cookies_gets_the_text_back_and_is_told_of_cookies(
    article: Article,
) -> None:
    leads_to = (
        Client().post(ADDRESS, {"body": "My harbour.", "email": "a@example.com"}, **OUR_PAGE).url
    )
    without_cookies = Client().get(leads_to)
    assert without_cookies.status_code == 200
    assert "did not keep a cookie" in without_cookies.content.decode()
    assert "My harbour." in without_cookies.content.decode()
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert Client().get(leads_to).status_code == 403


def test_a_comment_posted_on_another_device_is_announced_where_it_was_written(
    article: Article, browser: Client, outbox: Outbox
) -> None:
    step = write(browser)
    mail = outbox()[0]
    Client().post(link_in(mail, "/drafts/"), {"username": "Jonas Wick", "mine": "on"})
    page = browser.post(step, {"code": code_in(mail)}, follow=True).content.decode()
    assert "already posted from your other device" in page
    assert not get_user(browser).is_authenticated, (
        "the code and the link of one email are one proof"
    )


def test_a_text_that_somebody_left_under_my_address_is_mine_only_when_i_say_so(
    article: Article, reader: User, browser: Client, client_of: Callable
) -> None:
    step, owner = write(browser, email=reader.email), client_of(reader)
    page = owner.get(step).content.decode()
    assert "Written in another browser" in page
    assert 'id="compose"' not in page
    assert owner.post(step, {}).status_code == 422
    assert Draft.objects.get().person is None
    assert 'id="compose"' in owner.post(step, {"mine": "1"}, follow=True).content.decode()
    assert Draft.objects.get().person == reader


def test_drafts_of_one_network_are_limited_and_no_text_lost(article: Article) -> None:
    answers = [Client().post(ADDRESS, {"body": f"Words {n}"}, **OUR_PAGE) for n in range(12)]
    assert [answer.status_code for answer in answers] == [302] * 10 + [429] * 2
    assert "Words 11" in answers[-1].content.decode()
    assert Draft.objects.count() == 10


def test_the_oldest_drafts_of_strangers_are_forgotten(
    article: Article, reader: User, browser: Client
) -> None:
    fields = {"article": article, "parent": None, "body": "Mine."}
    Draft.objects.stash(holder="", person=reader, key="mine", **fields)
    for number in range(4):
        Draft.objects.stash(holder="somebody", person=AnonymousUser(), key=str(number), **fields)
    Draft.objects.forget_beyond(2)
    assert sorted(Draft.objects.values_list("key", flat=True)) == ["2", "3", "mine"]


def test_the_browser_is_told_which_of_its_drafts_are_taken(
    comment_of_reader: Comment, signed_in: Client
) -> None:
    address = f"/comments/{comment_of_reader.pk}/edit/"
    for draft, body, taken in (
        ("1-2-3-4", "Better.", "1-2-3-4"),
        ("5-6-7-8", "", ""),
        ("<script>-1", "Better still.", ""),
    ):
        signed_in.cookies.pop("taken", None)
        response = signed_in.post(address, {"body": body, "draft": draft})
        cookie = response.cookies.get("taken")
        assert (cookie.value if cookie else "") == taken


@pytest.fixture
def comment_of_reader(say: Callable[..., Comment]) -> Comment:
    return say("It is the moon.")


@pytest.fixture
def signed_in(reader: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(reader)
