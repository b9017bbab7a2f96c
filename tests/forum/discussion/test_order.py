"""Comments stand in the order of time, whenever they came here; what is new is told as it comes."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import User
from articles.models import Article
from database.keyset import BY_TIME, cursor_at, parse_cursor
from forum.discussion.new_comments import newer_page
from forum.models import Comment, Discussion, TooFast, Visit
from forum.posting.edit import delete_comment
from forum.posting.post import post_comment
from tests.forum.discussion.test_pages import pages, shown

Say = Callable[..., Comment]
PAGE = "/articles/high-tide/"


@pytest.fixture
def imported(article: Article, reader: User) -> Callable[..., Comment]:
    """Brings a comment that was written so many days ago."""

    def bring(days: int, *, parent: Comment | None = None) -> Comment:
        now = timezone.now()
        return post_comment(
            Discussion.objects.of(article),
            by=reader,
            body=f"{days} days ago.",
            parent=parent,
            key=uuid4().hex,
            at=now - timedelta(days=days),
            imported_at=now,
        )

    return bring


@pytest.fixture
def three(imported: Callable[..., Comment]) -> list[int]:
    """By their time, the newest first; the oldest came last."""
    middle, newest, oldest = imported(20), imported(10), imported(30)
    return [newest.pk, middle.pk, oldest.pk]


def test_what_is_imported_stands_where_it_belongs(three: list[int]) -> None:
    assert shown(Client().get(f"{PAGE}?sort=newest").content.decode()) == three
    assert shown(Client().get(f"{PAGE}?sort=oldest").content.decode()) == three[::-1]


@pytest.mark.parametrize("address", [f"{PAGE}feed/", "/people/Ines%20Okafor/", "/"])
def test_every_list_of_the_newest_goes_by_time(address: str, three: list[int]) -> None:
    text = Client().get(address).content.decode()
    places = [text.index(f"{days} days ago.") for days in (10, 20, 30)]
    assert places == sorted(places)


def test_a_reply_stands_where_it_belongs_in_its_thread(imported: Callable[..., Comment]) -> None:
    head = imported(9)
    later = imported(5, parent=head)
    earlier = imported(7, parent=head)
    assert shown(Client().get(PAGE).content.decode()) == [head.pk, earlier.pk, later.pk]


@pytest.mark.parametrize("sort", ["newest", "oldest"])
def test_cursors_go_by_time_and_lose_none_of_the_same_moment(
    sort: str, article: Article, reader: User, discussion: Discussion
) -> None:
    at = timezone.now() - timedelta(days=1)
    for number in range(45):
        moment = at - timedelta(hours=number // 15)
        post_comment(discussion, by=reader, body=f"{number}", key=f"{number}", at=moment)
    found = [pk for page in pages(f"{PAGE}?sort={sort}") for pk in page]
    right = Comment.objects.order_by("created_at", "pk").values_list("pk", flat=True)
    assert found == (list(right) if sort == "oldest" else list(right)[::-1])


@pytest.mark.parametrize(
    "after",
    [
        "7",
        "0",
        "-5",
        "x",
        "1_2_3",
        "9" * 18 + "_1",
        "-" + "9" * 18 + "_1",
        "1_" + "9" * 30,
        "٣_٤",
        "",
        "_",
    ],
)
@pytest.mark.parametrize(
    "address", [f"{PAGE}?sort=newest", f"{PAGE}?sort=oldest", "/people/Ines%20Okafor/?x=1"]
)
def test_any_other_cursor_leads_to_the_first_page(
    address: str, after: str, three: list[int]
) -> None:
    answer = Client().get(f"{address}&after={after}")
    assert answer.status_code == 200
    assert "10 days ago." in answer.content.decode()


def test_a_cursor_is_exact_to_the_microsecond(say: Say) -> None:
    comment = say("Now.")
    assert parse_cursor(cursor_at(comment, BY_TIME), BY_TIME) == (comment.created_at, comment.pk)


def test_what_was_imported_is_nobodys_news(
    say: Say,
    imported: Callable[..., Comment],
    other_reader: User,
    client_of: Callable[[User], Client],
) -> None:
    first = say("First.")
    Visit.objects.mark_read(person=other_reader, discussion=first.discussion, seen=first.pk)
    brought, written = imported(3), say("Only now.")
    assert [row.comment.pk for row in newer_page(first.discussion, since=first.pk).rows] == [
        written.pk
    ]
    assert Client().get(f"{PAGE}live/").json()["newest"] == [written.pk, first.pk]
    text = client_of(other_reader).get(PAGE).content.decode()
    assert f'class="comment new" id="c{written.pk}"' in text
    assert f'class="comment" id="c{brought.pk}"' in text


def test_ones_own_words_are_not_new(say: Say, reader: User, other_reader: User) -> None:
    first, _mine, theirs = say("First."), say("Mine."), say("Theirs.", by=other_reader)
    mine = newer_page(first.discussion, since=first.pk, person=reader).rows
    assert [row.comment.pk for row in mine] == [theirs.pk]
    assert len(newer_page(first.discussion, since=first.pk).rows) == 2


# --- Clocks ---


@pytest.fixture
def ahead(discussion: Discussion, reader: User, settings: Any) -> list[Comment]:
    """Twenty comments, written while the clock was a day ahead."""
    settings.COMMENT_RATE = (20, 60)
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        return [
            post_comment(discussion, by=reader, body=f"Ahead {n}", key=f"{n}") for n in range(20)
        ]


def test_a_clock_that_was_ahead_keeps_nobody_from_writing(
    ahead: list[Comment], reader: User
) -> None:
    discussion = ahead[0].discussion
    later = post_comment(discussion, by=reader, body="After it was set back.", key="later")
    assert later.created_at == max(comment.created_at for comment in ahead)
    assert shown(Client().get(f"{PAGE}?sort=newest").content.decode())[0] == later.pk
    Discussion.objects.update(slow_minutes=5)
    discussion.refresh_from_db()
    post_comment(discussion, by=reader, body="Slow, and not stopped.", key="slow")


def test_a_comment_dated_ahead_cannot_be_edited_until_then(
    ahead: list[Comment], reader: User, settings: Any
) -> None:
    settings.VOTES_HIDDEN_MINUTES = 30
    assert (ahead[0].editable_by(reader), ahead[0].has_hidden_votes) == (False, False)
    assert delete_comment(ahead[0])
    with time_machine.travel(timezone.now() - timedelta(days=1), tick=False):
        assert not ahead[0].undeletable_by(reader)


def test_the_pace_still_holds(discussion: Discussion, reader: User, settings: Any) -> None:
    settings.COMMENT_RATE = (2, 60)
    for number in range(2):
        post_comment(discussion, by=reader, body=f"{number}", key=f"{number}")
    with pytest.raises(TooFast):
        post_comment(discussion, by=reader, body="2", key="2")


def test_a_visit_dated_ahead_ends(ahead: list[Comment], reader: User) -> None:
    visit = Visit(seen=7, seen_before=3, at=timezone.now() + timedelta(days=1))
    assert visit.new_after == 7


# --- Cost ---

READ: dict[str, Callable[[], Any]] = {
    "feed": lambda: Comment.objects.filter(discussion=1).newest()[:20],
    "person": lambda: Comment.objects.filter(author=1).newest()[:31],
    "home": lambda: Comment.objects.filter(status="published").newest()[:3],
    "newest threads": lambda: Comment.objects.heads().filter(discussion=1).newest()[:20],
    "oldest threads": lambda: (
        Comment.objects.heads().filter(discussion=1).order_by("created_at", "pk")[:20]
    ),
    "a passage": lambda: Comment.objects.filter(passage=1).newest()[:20],
}


@pytest.mark.parametrize("rows", READ.values(), ids=READ)
def test_an_index_gives_the_order(rows: Callable[[], Any], db: None) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # it would read a table without rows in any way
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
    assert "SORT" not in (plan := rows().explain().upper())
    assert "B-TREE" not in plan


def test_moments_stay_what_they_are(three: list[int]) -> None:
    newest: datetime = Comment.objects.get(pk=three[0]).created_at
    assert Discussion.objects.get().last_comment_at == newest
