import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from articles.models import Article
from forum.discussion.location import url_in_discussion
from forum.discussion.pages import REPLIES_PER_THREAD, THREADS_PER_PAGE
from forum.discussion.sorting import BEST
from forum.models import Comment, Discussion
from forum.moderation import decisions, locking
from forum.posting.edit import delete_comment

Say = Callable[..., Comment]
PAGE = "/articles/high-tide/"


def shown(address: str = PAGE, client: Client | None = None) -> list[int]:
    """Return the comments on a page, in reading order."""
    text = (client or Client()).get(address).content.decode()
    return [int(pk) for pk in re.findall(r'<article class="comment[^"]*" id="c(\d+)"', text)]


def test_nobody_makes_a_row_by_reading(article: Article) -> None:
    Client().get(PAGE)
    assert Discussion.objects.count() == 0


def test_an_empty_discussion_invites(article: Article) -> None:
    assert "What would you add or ask?" in Client().get(PAGE).content.decode()


def test_newest_threads_come_first_and_replies_oldest_first(say: Say) -> None:
    first, second = say("1"), say("2")
    a, b = say("1a", parent=first), say("1b", parent=first)
    assert shown() == [second.pk, first.pk, a.pk, b.pk]
    assert shown(f"{PAGE}?sort=oldest") == [first.pk, a.pk, b.pk, second.pk]


@pytest.mark.parametrize(
    "query", ["sort=x", "after=x", "after=-1", "after=0_" + "9" * 40, "after=1_2_3", "sort=%00"]
)
def test_an_odd_address_shows_a_page(query: str, say: Say) -> None:
    say("1")
    assert Client().get(f"{PAGE}?{query}").status_code == 200


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_pages_by_cursor_show_every_thread_once(sort: str, say: Say) -> None:
    threads = [say(f"Thread {n}").pk for n in range(2 * THREADS_PER_PAGE + 5)]
    found, address = [], f"{PAGE}?sort={sort}"
    while address:
        found += shown(address)
        text = Client().get(address).content.decode()
        more = re.search(r'data-more href="\?([^"#]+)', text)
        address = f"{PAGE}?{more[1].replace('&amp;', '&')}" if more else ""
    assert found == (threads if sort == "oldest" else threads[::-1])


def test_a_long_thread_shows_its_beginning_and_leads_to_the_rest(say: Say) -> None:
    head = say("Head")
    replies = [say(f"Reply {n}", parent=head) for n in range(REPLIES_PER_THREAD + 3)]
    text = Client().get(PAGE).content.decode()
    assert shown() == [head.pk, *(reply.pk for reply in replies[:REPLIES_PER_THREAD])]
    assert "Show 3 more replies" in text
    rest = re.search(r'href="(/comments/\d+/\?after=\d+)"', text)
    assert rest
    assert shown(rest[1]) == [reply.pk for reply in replies[REPLIES_PER_THREAD:]]


def test_a_reply_behind_many_that_are_gone_is_still_led_to(say: Say, moderator: User) -> None:
    head = say("Head")
    for _ in range(REPLIES_PER_THREAD):
        decisions.erase(say("Buy now.", parent=head), by=moderator, reason="spam")
    last = say("A real answer.", parent=head)
    assert url_in_discussion(last, chosen=BEST) == last.get_absolute_url()
    rest = re.search(r'href="(/comments/\d+/\?after=\d+)"', Client().get(PAGE).content.decode())
    assert rest
    assert shown(rest[1]) == [last.pk]


def test_a_reply_to_somebody_gone_does_not_name_them(say: Say, other_reader: User) -> None:
    head = say("Never mind.")
    say("But I do.", parent=head, by=other_reader)
    delete_comment(head)
    assert "Ines Okafor" not in Client().get(PAGE).content.decode()


def test_a_reply_is_possible_at_any_depth(say: Say) -> None:
    comment = say("0")
    for depth in range(1, 30):
        comment = say(str(depth), parent=comment)
    assert comment.depth == 29
    assert Client().get(f"/comments/{comment.pk}/").status_code == 200


def test_what_is_deleted_leaves_no_trace_without_replies(say: Say) -> None:
    kept, gone = say("Kept"), say("Gone")
    delete_comment(gone)
    assert shown() == [kept.pk]


def test_a_closed_discussion_can_be_read_and_offers_no_form(
    say: Say, moderator: User, discussion: Discussion
) -> None:
    say("Said in time.")
    locking.close(discussion, by=moderator)
    text = Client().get(PAGE).content.decode()
    assert "Said in time." in text
    assert "The discussion closed on" in text
    assert 'id="compose"' not in text


def test_a_signed_out_page_is_the_same_for_everybody(say: Say) -> None:
    say("Words.")
    responses = [Client().get(PAGE) for _ in range(2)]
    assert responses[0].content == responses[1].content
    assert not responses[0].cookies
    assert "csrfmiddlewaretoken" not in responses[0].content.decode()


def test_a_page_costs_the_same_queries_whatever_its_comments(
    say: Say, django_assert_max_num_queries: Any
) -> None:
    for _ in range(3):
        head = say("Head")
        for _ in range(3):
            head = say("Reply", parent=head)
    with django_assert_max_num_queries(6):
        Client().get(PAGE)


def test_a_comment_takes_at_most_24_elements(say: Say) -> None:
    for _ in range(9):
        say("One paragraph.")
    before = Client().get(PAGE).content.decode().count("</")
    say("One paragraph.")
    text = Client().get(PAGE).content.decode()
    assert text.count("</") - before <= 24


def test_the_feed_has_the_newest_comments(say: Say, moderator: User) -> None:
    say("In the feed.")
    decisions.remove(say("Not in the feed."), by=moderator, reason="spam")
    feed = Client().get(f"{PAGE}feed/").content.decode()
    assert "In the feed." in feed
    assert "Not in the feed." not in feed
