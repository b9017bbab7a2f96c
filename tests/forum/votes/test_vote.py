from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Q
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from articles.models import Article
from articles.writing import render_and_save
from forum.models import Comment, NotPublished, Sanction, Vote
from forum.moderation import decisions
from forum.moderation.sanctions import impose
from forum.votes.models import NO_VOTE
from forum.votes.ranking import rank
from forum.votes.views import VALUES
from tests.forum.votes.voting import JSON, People, cast, counts, press


def test_a_vote_counts_and_ranks(comment: Comment, other_reader: User) -> None:
    cast(comment, other_reader)
    assert counts(comment) == (1, 0, 1, 0)
    assert comment.rank == rank(1, 0)


def test_one_person_has_one_vote(comment: Comment, other_reader: User) -> None:
    for _ in range(3):
        cast(comment, other_reader)
    assert counts(comment) == (1, 0, 1, 0)
    assert Vote.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "helpful", "unhelpful"),
    [([1, 0], 0, 0), ([1, -1], 0, 1), ([-1, 1], 1, 0), ([0], 0, 0), ([1, 0, 0, -1, 0, 1], 1, 0)],
)
def test_a_vote_can_be_changed_and_taken_back(
    values: list[int],
    helpful: int,
    unhelpful: int,
    comment: Comment,
    other_reader: User,
    settings: Settings,
) -> None:
    settings.DOWNVOTES = True
    for value in values:
        cast(comment, other_reader, value)
    assert counts(comment) == (helpful, unhelpful, helpful, unhelpful)
    assert comment.rank == rank(helpful, unhelpful)


def test_the_database_and_the_form_take_the_values_of_the_model() -> None:
    limits = {each.name: each for each in Vote._meta.constraints}
    assert limits["vote_is_for_or_against"].condition == Q(value__in=Vote.Value.values)
    assert VALUES == {"1": Vote.Value.HELPFUL, "-1": Vote.Value.UNHELPFUL, "0": NO_VOTE}


@pytest.mark.django_db(transaction=True)
def test_the_counts_are_right_however_many_vote_at_once(comment: Comment, people: People) -> None:
    voters = people(16)
    in_threads(lambda voter: cast(Comment.objects.get(), voter), voters)
    assert counts(comment) == (16, 0, 16, 0)
    assert comment.rank == rank(16, 0)


@pytest.mark.django_db(transaction=True)
def test_one_person_at_many_windows_has_one_vote(
    comment: Comment, other_reader: User, people: People
) -> None:
    voters = [other_reader] * 8 + people(8)
    in_threads(lambda voter: cast(Comment.objects.get(), voter), voters)
    assert counts(comment) == (9, 0, 9, 0)
    assert Vote.objects.count() == 9


@pytest.mark.django_db(transaction=True)
def test_pressing_and_taking_back_at_once_leaves_what_is_there(
    comment: Comment, other_reader: User
) -> None:
    in_threads(lambda value: cast(Comment.objects.get(), other_reader, value), [1, 0] * 8)
    assert counts(comment)[0] == Vote.objects.count()


def in_threads(do: Callable[[object], object], things: list) -> None:
    def work(thing: object) -> None:
        try:
            do(thing)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(things)) as threads:
        list(threads.map(work, things))


# --- Its address ---


def test_nobody_votes_for_themselves(comment: Comment, reader: User, client_of: Callable) -> None:
    response = press(client_of(reader), comment)
    assert response.status_code == 403
    assert "You cannot vote on your own comment" in response.content.decode()
    assert counts(comment)[0] == 0


def test_a_removed_comment_takes_no_vote_and_shows_no_text(
    comment: Comment, moderator: User, other_reader: User, client_of: Callable
) -> None:
    decisions.remove(comment, by=moderator, reason="spam")
    client = client_of(other_reader)
    for response in (press(client, comment), client.get(f"/comments/{comment.pk}/vote/")):
        assert response.status_code == 410
        assert "no longer published" in response.content.decode()
        assert "Tides lag" not in response.content.decode()


def test_a_comment_removed_meanwhile_takes_no_vote(
    comment: Comment, moderator: User, other_reader: User
) -> None:
    stale = Comment.objects.get()
    decisions.remove(comment, by=moderator, reason="spam")
    with pytest.raises(NotPublished):
        cast(stale, other_reader)


def test_a_suspended_person_is_told_until_when(
    comment: Comment, other_reader: User, moderator: User, client_of: Callable
) -> None:
    until = timezone.now() + timedelta(days=3)
    impose(Sanction(person=other_reader, until=until, reason="unkind"), by=moderator)
    response = press(client_of(other_reader), comment, **JSON)
    assert response.status_code == 403
    assert "cannot vote until" in response.json()["error"]


@pytest.mark.parametrize("value", ["-1", "2", "", "yes", "1.0"])
def test_a_vote_that_there_is_not_is_refused(
    value: str, comment: Comment, other_reader: User, client_of: Callable
) -> None:
    response = press(client_of(other_reader), comment, value)
    assert response.status_code == 422
    assert "This vote is not possible" in response.content.decode()


def test_a_publisher_may_take_votes_against(
    comment: Comment, other_reader: User, client_of: Callable, settings: Settings
) -> None:
    settings.DOWNVOTES = True
    assert press(client_of(other_reader), comment, -1, **JSON).json() == {
        "votes": "-1",
        "value": -1,
    }
    assert comment.rank == 0 > Comment.objects.get().rank


def test_what_is_not_public_takes_no_vote(
    comment: Comment, article: Article, other_reader: User, client_of: Callable
) -> None:
    article.status = Article.Status.DRAFT
    render_and_save(article)
    assert press(client_of(other_reader), comment).status_code == 404


# --- The score of a young comment ---


def test_the_score_of_a_young_comment_is_hidden_and_counted(
    comment: Comment, other_reader: User, client_of: Callable, settings: Settings
) -> None:
    settings.VOTES_HIDDEN_MINUTES = 60
    assert press(client_of(other_reader), comment, **JSON).json() == {"votes": "", "value": 1}
    assert counts(comment)[0] == 1
    comment.created_at -= timedelta(minutes=61)
    assert comment.shown_votes == "1"


# --- What is left out of the ranking ---
