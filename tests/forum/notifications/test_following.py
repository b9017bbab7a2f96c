"""Buttons follow articles, passages, threads and topics, and mute threads and people."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from articles.models import Article
from forum.models import Comment, Mute, Subscription
from forum.notifications import following
from tests.conftest import OUR_PAGE
from tests.forum.notifications.conftest import Listed, Told, drift, unread_count

Say = Callable[..., Comment]
ClientOf = Callable[[User], Client]


@pytest.fixture
def thread(say: Say) -> Comment:
    return say("It turns.")


@pytest.fixture
def browser(client_of: ClientOf, other_reader: User) -> Client:
    return client_of(other_reader)


def test_a_button_follows_and_stops(
    browser: Client, thread: Comment, article: Article, other_reader: User
) -> None:
    passage = article.passages.first()
    assert passage
    reply = {"passage": passage.anchor}
    buttons = [
        ("/articles/high-tide/follow/", {}, {"article": article}),
        ("/articles/high-tide/follow/", reply, {"passage": passage}),
        (f"/comments/{thread.pk}/follow/", {}, {"thread": thread}),
        ("/topics/tides/follow/", {}, {"topic": article.topic}),
    ]
    for address, fields, target in buttons:
        for _ in range(2):
            assert browser.post(address, fields).status_code == 303
        assert Subscription.objects.get(person=other_reader, **target)
        browser.post(address, {**fields, "off": "1"})
        assert not Subscription.objects.exists()


def test_there_is_a_limit_to_what_one_person_follows(
    browser: Client, article: Article, thread: Comment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "MOST_FOLLOWED", 1)
    browser.post("/articles/high-tide/follow/")
    answer = browser.post(f"/comments/{thread.pk}/follow/", follow=True)
    assert "You follow 1 thing, and that is the limit. Unfollow something first" in answer.text
    assert 'href="/notifications/settings/"' in answer.text
    assert [str(row.article) for row in Subscription.objects.all()] == [str(article)]
    again = browser.post("/articles/high-tide/follow/", follow=True)
    assert "that is the limit" not in again.text


def test_a_thread_can_be_muted_whatever_is_followed(
    browser: Client, article: Article, thread: Comment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "MOST_FOLLOWED", 0)
    browser.post(f"/comments/{thread.pk}/mute/")
    assert Subscription.objects.get().is_mute


def test_a_reply_leads_to_its_thread(browser: Client, thread: Comment, say: Say) -> None:
    reply = say("It does.", parent=thread)
    browser.post(f"/comments/{reply.pk}/follow/")
    assert Subscription.objects.get().thread == thread


def test_a_button_leads_back_to_its_page(browser: Client, thread: Comment) -> None:
    page = "http://testserver/articles/high-tide/?sort=newest"
    answer = browser.post(f"/comments/{thread.pk}/follow/", headers={"referer": page})
    assert answer["Location"] == f"/articles/high-tide/?sort=newest#c{thread.pk}"
    answer = browser.post(
        "/articles/high-tide/follow/", headers={"referer": "http://evil.example/"}
    )
    assert answer["Location"] == "/articles/high-tide/#discussion"


@pytest.mark.parametrize(
    "address",
    ["/articles/high-tide/follow/", "/topics/tides/follow/", "/people/Ines%20Okafor/mute/"],
)
def test_signed_out_readers_sign_in_first(address: str, thread: Comment) -> None:
    assert Client().post(address, **OUR_PAGE)["Location"].startswith("/accounts/login/")
    assert not Subscription.objects.exists()


def test_what_is_not_there_cannot_be_followed(browser: Client, thread: Comment) -> None:
    addresses = ["/articles/never/follow/", "/comments/404/follow/", "/topics/never/follow/"]
    assert {browser.post(address).status_code for address in addresses} == {404}
    answer = browser.post("/articles/high-tide/follow/", {"passage": "never"})
    assert answer.status_code == 404


def test_the_pages_show_what_is_followed(browser: Client, thread: Comment, say: Say) -> None:
    page = browser.get("/articles/high-tide/").content.decode()
    assert "Follow this article" in page
    assert 'aria-label="Follow the thread of Ines Okafor"' in page
    browser.post("/articles/high-tide/follow/")
    browser.post(f"/comments/{thread.pk}/follow/")
    page = browser.get("/articles/high-tide/").content.decode()
    assert "Unfollow this article" in page
    assert 'aria-label="Unfollow the thread of Ines Okafor"' in page
    assert "Unfollow this thread" in browser.get(f"/comments/{thread.pk}/").content.decode()
    browser.post("/topics/tides/follow/")
    assert "Unfollow this topic" in browser.get("/topics/tides/").content.decode()


def test_signed_out_pages_have_no_such_buttons(thread: Comment, article: Article) -> None:
    pages = [article.get_absolute_url(), thread.get_absolute_url(), "/topics/tides/"]
    pages += ["/people/Ines%20Okafor/", f"/articles/high-tide/passages/{article.passages.first()}/"]
    for page in pages:
        text = Client().get(page).content.decode()
        assert text.count("follow/") == (page == article.get_absolute_url()), page  # by email
        assert "mute/" not in text, page
        assert "notifications" not in text, page


def test_a_muted_thread_leaves_list_and_count_until_that_is_undone(
    browser: Client, say: Say, told: Told, listed: Listed, other_reader: User
) -> None:
    head = say("It turns.", by=other_reader)
    say("No.", parent=head)
    told()
    notice = browser.post(f"/comments/{head.pk}/mute/", follow=True).content.decode()
    assert "You muted this thread" in notice
    say("Never.", parent=head)
    assert (listed(other_reader), unread_count(other_reader)) == ([], 0)
    browser.post(f"/comments/{head.pk}/mute/", {"off": "1"})
    assert (listed(other_reader), unread_count(other_reader)) == (["reply"], 1)
    assert drift() == []


def test_the_end_of_a_mute_restores_what_was_followed(
    thread: Comment, other_reader: User, say: Say, told: Told
) -> None:
    following.follow(by=other_reader, thread=thread)
    following.mute_thread(thread, by=other_reader)
    following.unmute_thread(thread, by=other_reader)
    say("It does.", parent=thread)
    assert ("Tomas Reyle", "thread") in told()


def test_following_a_muted_thread_ends_the_mute(thread: Comment, other_reader: User) -> None:
    following.mute_thread(thread, by=other_reader)
    following.follow(by=other_reader, thread=thread)
    assert not Subscription.objects.get().is_mute


def test_a_muted_person_leaves_list_and_count_until_that_is_undone(
    browser: Client, say: Say, told: Told, listed: Listed, reader: User, other_reader: User
) -> None:
    say("No.", parent=say("It turns.", by=other_reader), by=reader)
    told()
    notice = browser.post("/people/Ines%20Okafor/mute/", follow=True).content.decode()
    assert "You muted Ines Okafor" in notice
    assert (listed(other_reader), unread_count(other_reader)) == ([], 0)
    browser.post("/people/Ines%20Okafor/mute/", {"off": "1"})
    assert (listed(other_reader), unread_count(other_reader)) == (["reply"], 1)


def test_the_end_of_one_mute_leaves_the_other_in_force(
    say: Say, told: Told, listed: Listed, reader: User, other_reader: User
) -> None:
    head = say("It turns.", by=other_reader)
    say("No.", parent=head, by=reader)
    told()
    following.mute_thread(head, by=other_reader)
    following.mute_person(reader, by=other_reader)
    following.unmute_thread(head, by=other_reader)
    assert listed(other_reader) == []
    following.mute_thread(head, by=other_reader)
    following.unmute_person(reader, by=other_reader)
    assert listed(other_reader) == []
    following.unmute_thread(head, by=other_reader)
    assert listed(other_reader) == ["reply"]
    assert drift() == []


def test_what_was_muted_stays_so_when_the_account_is_gone(
    say: Say, told: Told, listed: Listed, reader: User, other_reader: User
) -> None:
    say("No.", parent=say("It turns.", by=other_reader), by=reader)
    told()
    following.mute_person(reader, by=other_reader)
    reader.delete()
    assert (listed(other_reader), drift()) == ([], [])


def test_comments_of_a_muted_person_are_folded_for_whoever_muted_them(
    browser: Client, thread: Comment, reader: User, other_reader: User, client_of: ClientOf
) -> None:
    Mute.objects.create(person=other_reader, muted=reader)
    folded = "From someone you muted. Show once"
    pages = ["/articles/high-tide/", thread.get_absolute_url()]
    assert all(folded in browser.get(page).content.decode() for page in pages)
    for other in (Client(), client_of(reader)):
        assert not any(folded in other.get(page).content.decode() for page in pages)


def test_nobody_mutes_themselves(client_of: ClientOf, reader: User) -> None:
    assert client_of(reader).post("/people/Ines%20Okafor/mute/").status_code == 303
    assert not Mute.objects.exists()
