import re
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import User
from articles.models import Article
from forum.discussion.new_comments import NEWER_PER_PAGE
from forum.models import Comment
from forum.moderation import decisions
from forum.posting.edit import delete_comment

Say = Callable[..., Comment]
PAGE = "/articles/high-tide/"


@pytest.fixture
def client(reader: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(reader)


def newer(since: object, client: Client | None = None) -> str:
    return (client or Client()).get(f"{PAGE}new/", {"since": since}).content.decode()


def shown(text: str) -> list[int]:
    return [int(pk) for pk in re.findall(r'<article class="comment[^"]*" id="c(\d+)"', text)]


def seen_by(text: str) -> int:
    found = re.search(r'name="seen" value="(\d+)"', text)
    assert found
    return int(found[1])


def test_what_is_newer_comes_in_the_order_of_time(say: Say, other_reader: User) -> None:
    first = say("First.")
    answer, second = say("Answer.", by=other_reader, parent=first), say("Second.")
    assert shown(newer(first.pk)) == [answer.pk, second.pk]


def test_an_answer_says_whom_it_answers_and_leads_there(say: Say, other_reader: User) -> None:
    first = say("First.")
    say("Answer.", by=other_reader, parent=first)
    text = newer(first.pk)
    assert "in reply to Ines Okafor" in text
    assert f'<a href="/comments/{first.pk}/"><bdi>Ines Okafor</bdi></a>' in text


def test_what_is_gone_is_not_among_them(say: Say, moderator: User) -> None:
    first, second = say("First."), say("Spam.")
    say("Answer.", parent=second)
    decisions.remove(second, by=moderator, reason="spam")
    text = newer(first.pk)
    assert len(shown(text)) == 1
    assert "Spam." not in text


def test_many_come_page_by_page(say: Say) -> None:
    keys = [say(f"Comment {n}").pk for n in range(NEWER_PER_PAGE + 5)]
    first = newer(0)
    more = re.search(r'data-more href="\?since=(\d+)"', first)
    assert more
    assert shown(first) + shown(newer(more[1])) == keys


def test_nothing_new_is_said_so(say: Say) -> None:
    assert "No new comments since then." in newer(say("The only one.").pk)


def test_a_signed_out_reader_costs_four_queries(
    say: Say, other_reader: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    head = say("Head.")
    for number in range(10):
        say(f"Reply {number}", by=other_reader, parent=head)
    newer(0)
    with django_assert_max_num_queries(4):
        assert len(shown(newer(0))) == 11


@pytest.mark.parametrize("since", ["", "x", "-1", "9" * 30, "\0"])
def test_an_odd_address_shows_the_page(since: str, article: Article) -> None:
    assert Client().get(f"{PAGE}new/", {"since": since}).status_code == 200


# --- Writing on a page that is no longer new ---


def test_the_composer_knows_the_newest_comment_of_its_page(say: Say, client: Client) -> None:
    first = say("First.")
    assert seen_by(Client().get(PAGE).content.decode()) == first.pk
    second = say("Second.")
    assert seen_by(client.get(f"/comments/{first.pk}/reply/").content.decode()) == second.pk


def test_what_came_in_between_is_said_after_posting(
    say: Say, other_reader: User, client: Client, settings: Settings
) -> None:
    seen = say("First.").pk
    for number in range(3):
        say(f"In between, {number}.", by=other_reader)
    text = client.post(
        f"{PAGE}comments/", {"body": "Mine.", "key": "k", "seen": seen}, follow=True
    ).content.decode()
    assert "3 comments were posted in the meantime." in text
    assert f'href="{PAGE}new/?since={seen}"' in text


def test_very_many_in_between_are_not_counted(say: Say, other_reader: User, client: Client) -> None:
    for number in range(NEWER_PER_PAGE + 1):
        say(f"In between, {number}.", by=other_reader)
    text = client.post(
        f"{PAGE}comments/", {"body": "Mine.", "key": "k", "seen": 0}, follow=True
    ).content.decode()
    assert "More than 50 comments were posted in the meantime." in text


def test_own_comments_and_those_that_are_gone_did_not_come_in_between(
    say: Say, other_reader: User, client: Client
) -> None:
    seen = say("First.").pk
    say("My second.")
    delete_comment(say("Taken back.", by=other_reader))
    text = client.post(
        f"{PAGE}comments/", {"body": "Third.", "key": "k", "seen": seen}, follow=True
    ).content.decode()
    assert "posted in the meantime" not in text


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 30])
def test_an_odd_key_does_not_stand_in_the_way(seen: str, article: Article, client: Client) -> None:
    client.post(f"{PAGE}comments/", {"body": "Mine.", "key": "k", "seen": seen})
    assert Comment.objects.count() == 1
