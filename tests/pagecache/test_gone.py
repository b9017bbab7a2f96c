"""Removed content is gone from every cached page when its request has ended."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from articles.models import Article
from articles.writing import render_and_save
from forum.models import Comment
from forum.moderation import decisions, locking
from forum.posting import edit, visibility
from pagecache.middleware import PageCache
from tests.pagecache.reader import Read, ask

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = "/articles/high-tide/"
ADDRESSES = [
    PAGE,
    f"{PAGE}?sort=oldest",
    f"{PAGE}?after=999",
    f"{PAGE}live/",
    f"{PAGE}new/?since=0",
]
CANARY = "canary-7f3a"


@pytest.fixture
def comment(say: Callable[..., Comment]) -> Comment:
    say("The first.", parent=None)
    return say(CANARY)


@pytest.fixture
def read(cached_site: PageCache, comment: Comment) -> Callable[[], list[Read]]:
    """Every kept address on which the comment stands."""
    return lambda: [
        ask(cached_site, address) for address in [*ADDRESSES, comment.get_absolute_url()]
    ]


def says(answers: list[Read], words: str) -> list[bool]:
    return [words in answer.text for answer in answers]


def test_these_addresses_are_kept(
    read: Callable[[], list[Read]], caplog: pytest.LogCaptureFixture
) -> None:
    first = read()
    assert all("etag" in answer.headers for answer in first)
    caplog.clear()
    assert read() == first
    assert "parley.request" not in {record.name for record in caplog.records}


@pytest.mark.parametrize("verb", [decisions.remove, decisions.erase, visibility.hold])
def test_words_that_are_taken_are_gone(
    verb: Callable[..., Any], read: Callable[[], list[Read]], comment: Comment, moderator: User
) -> None:
    assert any(says(read(), CANARY))
    verb(comment, by=moderator, reason="spam")
    assert not any(says(read(), CANARY))


@pytest.mark.parametrize(
    ("verb", "given"), [(edit.delete_comment, {}), (edit.edit_comment, {"body": "Better words."})]
)
def test_words_that_are_taken_back_are_gone(
    verb: Callable[..., Any],
    given: dict[str, str],
    read: Callable[[], list[Read]],
    comment: Comment,
) -> None:
    assert any(says(read(), CANARY))
    verb(comment, **given)
    assert not any(says(read(), CANARY))


def test_a_removed_comment_is_not_counted(
    read: Callable[[], list[Read]], comment: Comment, moderator: User
) -> None:
    before = read()[3].text
    decisions.remove(comment, by=moderator, reason="spam")
    assert str(comment.pk) in before
    assert str(comment.pk) not in read()[3].text


def test_a_withdrawn_article_is_gone(read: Callable[[], list[Read]], article: Article) -> None:
    assert {answer.status for answer in read()} == {"200 OK"}
    article.status = Article.Status.DRAFT
    render_and_save(article)
    assert {answer.status for answer in read()} == {"404 Not Found"}


def test_a_deleted_article_is_gone(
    cached_site: PageCache, article: Article, moderator: User, client_of: Callable[[User], Client]
) -> None:
    assert ask(cached_site, PAGE).status == "200 OK"
    client_of(moderator).post(f"/admin/articles/article/{article.pk}/delete/", {"post": "yes"})
    assert ask(cached_site, PAGE).status == "404 Not Found"


def test_a_closed_discussion_is_closed(
    read: Callable[[], list[Read]], comment: Comment, moderator: User
) -> None:
    assert says(read(), "Post your comment")[0]
    locking.close(comment.discussion, by=moderator)
    assert not any(says(read(), "Post your comment"))
    locking.reopen(comment.discussion, by=moderator)
    assert says(read(), "Post your comment")[0]


def test_a_new_comment_is_there(
    read: Callable[[], list[Read]], say: Callable[..., Comment]
) -> None:
    assert not says(read(), "Only now.")[0]
    say("Only now.")
    assert says(read(), "Only now.")[0]
