"""The list of notifications."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from articles.models import Article
from forum.models import Comment, Notification, NotificationSettings, Subscription
from forum.moderation import decisions
from forum.notifications import inbox
from forum.posting.edit import delete_comment
from tests.forum.notifications.conftest import Told, follow, unread_count

Say = Callable[..., Comment]
ClientOf = Callable[[User], Client]
PAGE = "/notifications/"
ITEM = re.compile(r"<li data-notification( data-unread)?>")


@pytest.fixture
def browser(client_of: ClientOf, other_reader: User) -> Client:
    return client_of(other_reader)


@pytest.fixture
def head(say: Say, other_reader: User) -> Comment:
    return say("It turns.", by=other_reader)


def items(page: str) -> list[bool]:
    """Return the notifications of a page: True for a new one."""
    return [bool(new) for new in ITEM.findall(page)]


def text_of(browser: Client, address: str = PAGE) -> str:
    return " ".join(browser.get(address).content.decode().split())


def test_nothing_is_said_in_words(browser: Client) -> None:
    page = text_of(browser)
    assert items(page) == []
    assert "No notifications yet." in page
    assert "data-unread" not in page


def test_replies_to_one_comment_are_one_group(
    browser: Client, head: Comment, say: Say, told: Told
) -> None:
    for words in ("No.", "Never.", "Always.", "At noon."):
        say(words, parent=head)
    told()
    page = text_of(browser)
    assert items(page) == [True] * 4
    assert "4 replies to your comment in “Why high tide comes later”" in page
    assert page.index("At noon.") < page.index("Always.")
    assert "<b data-unread>4</b>" in page
    assert "<title>(4) Notifications" in page


def test_each_thread_of_a_group_can_be_muted(
    browser: Client, say: Say, told: Told, article: Article, other_reader: User
) -> None:
    follow(other_reader, article=article)
    threads = [say("Ebb."), say("Flood.")]
    told()
    page = text_of(browser)
    assert "2 new comments in “Why high tide comes later”" in page
    assert all(f'formaction="/comments/{thread.pk}/mute/"' in page for thread in threads)
    browser.post(f"/comments/{threads[0].pk}/mute/")
    assert items(text_of(browser)) == [True]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("mention", "1 comment that mentions you in “Why high tide comes later”"),
        ("thread", "1 new comment in a thread that you follow in “Why high tide comes later”"),
        ("passage", "1 new comment on a passage that you follow in “Why high tide comes later”"),
        ("article", "1 new comment in “Why high tide comes later”"),
        ("topic", "1 new comment in the topic “Tides”"),
        ("approval", "Your comment in “Why high tide comes later” was published"),
    ],
)
def test_each_kind_has_its_words(
    kind: str, words: str, browser: Client, say: Say, other_reader: User
) -> None:
    Notification.objects.create(person=other_reader, kind=kind, comment=say("It turns."))
    assert words in text_of(browser)


def test_decisions_objections_and_reports_are_in_the_list(
    client_of: ClientOf, say: Say, told: Told, reader: User, moderator: User
) -> None:
    decisions.remove(say("Buy my tides."), by=moderator, reason="spam")
    DBTaskResult.objects.update(run_after=timezone.now())
    assert told() == [("Ines Okafor", "decision")]
    page = text_of(client_of(reader))
    assert "Your comment was removed" in page
    assert items(page) == [True]
    opened = client_of(reader).get(f"{PAGE}{Notification.objects.get().pk}/")
    assert opened["Location"].startswith("/moderation/statements/")


def test_unread_ones_come_first(
    browser: Client, head: Comment, say: Say, told: Told, other_reader: User
) -> None:
    say("No.", parent=head)
    say("Ask @Tomas Reyle.")
    told()
    newest = Notification.objects.latest("pk")
    browser.post(f"{PAGE}read/", {"n": newest.pk})
    page = text_of(browser)
    assert items(page) == [True, False]
    assert page.index("No.") < page.index("Ask")
    assert unread_count(other_reader) == 1


def test_what_readers_cannot_see_is_not_listed(
    browser: Client, head: Comment, say: Say, told: Told
) -> None:
    reply = say("No.", parent=head)
    told()
    delete_comment(reply)  # and no task has run since
    assert items(text_of(browser)) == []
    Article.objects.update(status=Article.Status.DRAFT)
    assert items(text_of(browser)) == []


def test_opening_one_marks_it_as_read_and_leads_to_the_comment(
    browser: Client, head: Comment, say: Say, told: Told, other_reader: User
) -> None:
    reply = say("No.", parent=head)
    told()
    address = f"{PAGE}{Notification.objects.get().pk}/"
    browser.get(address, headers={"sec-purpose": "prefetch"})
    browser.head(address)
    assert unread_count(other_reader) == 1
    assert browser.get(address)["Location"] == f"/articles/high-tide/#c{reply.pk}"
    assert unread_count(other_reader) == 0


def test_nobody_opens_or_marks_what_is_somebody_elses(
    client_of: ClientOf, reader: User, head: Comment, say: Say, told: Told, other_reader: User
) -> None:
    say("No.", parent=head)
    told()
    pk, stranger = Notification.objects.get().pk, client_of(reader)
    assert stranger.get(f"{PAGE}{pk}/").status_code == 404
    stranger.post(f"{PAGE}read/", {"n": pk, "all": pk})
    assert unread_count(other_reader) == 1


def test_pages_follow_each_other_through_new_and_earlier_ones(
    browser: Client,
    head: Comment,
    say: Say,
    told: Told,
    other_reader: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(inbox, "PER_PAGE", 2)
    for number in range(7):
        say(f"Reply {number}.", parent=head)
    told()
    for row in Notification.objects.order_by("pk")[:4]:
        Notification.objects.filter(pk=row.pk).mark_read(by=other_reader)
    address, pages = PAGE, []
    while address:
        page = text_of(browser, address)
        pages.append((items(page), re.findall(r"Reply (\d)", page)))
        more = re.search(r'href="(\?after=[^"]+)"', page)
        address = f"{PAGE}{more[1]}" if more else ""
    assert pages == [
        ([True, True], ["6", "5"]),
        ([True, False], ["4", "3"]),
        ([False, False], ["2", "1"]),
        ([False], ["0"]),
    ]


@pytest.mark.parametrize("after", ["x", "1", "1_2_3", "-1_-1", "9_9", f"1_{10**30}"])
def test_a_cursor_that_is_none_shows_a_page(after: str, browser: Client) -> None:
    assert browser.get(f"{PAGE}?after={after}").status_code == 200


def test_the_header_shows_at_most_99(browser: Client, other_reader: User) -> None:
    User.objects.filter(pk=other_reader.pk).update(unread_count=100)
    page = text_of(browser, "/")
    assert "<b data-unread>99+</b>" in page
    assert "<title>(99+) " in page


def test_the_page_costs_the_same_for_one_notification_and_many(
    browser: Client, head: Comment, say: Say, told: Told, django_assert_num_queries: Any
) -> None:
    say("No.", parent=head)
    told()
    with django_assert_num_queries(QUERIES):
        browser.get(PAGE)
    for number in range(12):
        say(f"Reply {number} to @Tomas Reyle.", parent=head)
        say(f"Ask @Tomas Reyle {number}.")
    told()
    with django_assert_num_queries(QUERIES):
        browser.get(PAGE)


QUERIES = 4  # session, person, unread and earlier notifications


@pytest.mark.parametrize("page", ["/articles/high-tide/", "comment"])
def test_a_signed_in_page_takes_few_statements(
    page: str,
    browser: Client,
    head: Comment,
    say: Say,
    article: Article,
    other_reader: User,
    django_assert_max_num_queries: Any,
) -> None:
    follow(other_reader, article=article)
    for number in range(5):
        say(f"Reply {number}.", parent=head)
        follow(other_reader, thread=say(f"Thread {number}."))
    address = head.get_absolute_url() if page == "comment" else page
    browser.get(address)
    with django_assert_max_num_queries(6):
        browser.get(address)


def test_emails_are_chosen_for_each_kind(browser: Client, other_reader: User) -> None:
    page = f"{PAGE}settings/"
    assert "Replies to you" in text_of(browser, page)
    chosen = dict.fromkeys(["replies", "mentions", "followed", "approvals", "reports"], "weekly")
    assert browser.post(page, chosen).status_code == 302
    assert NotificationSettings.objects.get(person=other_reader).followed == "weekly"
    assert browser.post(page, {**chosen, "replies": "hourly"}).status_code == 422
    assert "decisions" not in {field.name for field in NotificationSettings._meta.fields}


def test_what_is_followed_and_muted_is_listed_and_ended(
    browser: Client, head: Comment, article: Article, reader: User, other_reader: User
) -> None:
    page = f"{PAGE}settings/"
    follow(other_reader, article=article)
    follow(other_reader, topic=article.topic)
    follow(other_reader, passage=article.passages.first())
    follow(other_reader, thread=head)
    follow(other_reader, thread=head, is_mute=True)
    other_reader.mutes.create(muted=reader)
    text = text_of(browser, page)
    listed = ["Article:", "Topic:", "Passage:", "Thread:", "Muted thread:", "Ines Okafor"]
    assert [words for words in listed if words not in text] == []
    Article.objects.update(status=Article.Status.DRAFT)
    assert article.title not in text_of(browser, page)
    for row in Subscription.objects.all():
        browser.post(page, {"subscription": row.pk})
    browser.post(page, {"mute": other_reader.mutes.get().pk})
    assert not Subscription.objects.exists()
    assert not other_reader.mutes.exists()
    assert "You follow nothing." in text_of(browser, page)
