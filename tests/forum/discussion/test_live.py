from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from articles.models import Article
from articles.writing import render_and_save
from forum.discussion.live import NEWEST
from forum.discussion.sorting import SORTINGS
from forum.models import Comment
from forum.moderation import decisions

LIVE = "/articles/high-tide/live/"


def live(browser: Client | None = None, **asked: str) -> dict[str, Any]:
    answer = (browser or Client()).get(LIVE, asked)
    assert answer["Content-Type"] == "application/json"
    found: dict[str, Any] = answer.json()
    return found


def test_it_tells_of_the_newest_comments(say: Callable[..., Comment]) -> None:
    first = say("First.")
    second = say("Second.", parent=first)
    assert live() == {
        "count": 2,
        "newest": [second.pk, first.pk],
        "votes": {str(first.pk): "0", str(second.pk): "0"},
    }


def test_where_nobody_has_written_there_is_nothing_new(article: Article) -> None:
    assert live() == {"count": 0, "newest": [], "votes": {}}


def test_it_tells_of_nothing_that_was_taken(say: Callable[..., Comment], moderator: User) -> None:
    stays, goes = say("Stays."), say("Goes.")
    decisions.remove(goes, by=moderator, reason="spam")
    assert live() == {"count": 1, "newest": [stays.pk], "votes": {str(stays.pk): "0"}}


def test_votes_are_those_of_the_page_that_is_open(say: Callable[..., Comment]) -> None:
    first, second = say("First."), say("Second.")
    assert list(live(sort="newest", after=SORTINGS["newest"].cursor_at(second))["votes"]) == [
        str(first.pk)
    ]


def test_it_is_bounded(say: Callable[..., Comment]) -> None:
    comments = [say(f"Comment {number}") for number in range(NEWEST + 5)]
    with CaptureQueriesContext(connection) as queries:
        newest = live()["newest"]
    assert newest == [comment.pk for comment in reversed(comments)][:NEWEST]
    assert len(queries) <= 5


def test_it_looks_at_nobodys_session(
    say: Callable[..., Comment], reader: User, client_of: Callable[[User], Client]
) -> None:
    say("First.")
    browser = client_of(reader)
    with CaptureQueriesContext(connection) as queries:
        assert live(browser) == live()
    assert not [query for query in queries if "django_session" in query["sql"]]


def test_a_draft_has_no_live_answer(article: Article) -> None:
    article.status = Article.Status.DRAFT
    render_and_save(article)
    assert Client().get(LIVE).status_code == 404
