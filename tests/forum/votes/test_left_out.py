"""Votes of rings and bursts are counted, and left out of the ranking."""

from collections.abc import Callable

from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from forum.models import Comment, Vote
from forum.votes.fraud import (
    BURST_TIME,
    BURST_VOTES,
    LOOKED_AT,
    PUPPET_VOTES,
    RING_TIME,
    RING_VOTES,
)
from forum.votes.ranking import rank
from tests.forum.votes.voting import People, Say, cast, counts


def test_two_who_vote_for_each_other_again_and_again_are_left_out(
    say: Say, reader: User, other_reader: User, people: People
) -> None:
    for other in people(LOOKED_AT - RING_VOTES):  # they vote for others as well
        cast(say("Hm.", by=other), reader)
    for n in range(RING_VOTES):
        cast(say(f"Mine {n}", by=reader), other_reader)
        cast(say(f"Yours {n}", by=other_reader), reader)
    last = cast(say("One more.", by=other_reader), reader)
    assert counts(last) == (1, 0, 0, 0)
    assert Vote.objects.first().excluded_because == "ring"


def test_people_who_agreed_long_ago_count(
    say: Say, reader: User, other_reader: User, people: People
) -> None:
    for other in people(PUPPET_VOTES):
        cast(say("Hm.", by=other), reader)
    for n in range(RING_VOTES):
        cast(say(f"Mine {n}", by=reader), other_reader)
        cast(say(f"Yours {n}", by=other_reader), reader)
    Vote.objects.update(created_at=timezone.now() - RING_TIME)
    assert counts(cast(say("Again.", by=other_reader), reader)) == (1, 0, 1, 0)


def test_who_votes_for_one_author_alone_is_left_out(
    say: Say, reader: User, other_reader: User
) -> None:
    for n in range(PUPPET_VOTES):
        cast(say(f"Praise me {n}", by=reader), other_reader)
    assert counts(cast(say("More.", by=reader), other_reader)) == (1, 0, 0, 0)


def test_a_burst_of_new_accounts_is_left_out_from_its_beginning(
    comment: Comment, people: People
) -> None:
    cast(comment, people(1)[0])
    for voter in people(BURST_VOTES, joined=timezone.now()):
        cast(comment, voter)
    assert counts(comment) == (BURST_VOTES + 1, 0, 1, 0)
    assert comment.rank == rank(1, 0)


def test_new_people_who_come_one_by_one_count(comment: Comment, people: People) -> None:
    for voter in people(BURST_VOTES + 5, joined=timezone.now()):
        cast(comment, voter)
        Vote.objects.update(created_at=timezone.now() - BURST_TIME)
    assert counts(comment)[2] == BURST_VOTES + 5


def test_a_crowd_of_people_we_know_counts(comment: Comment, people: People) -> None:
    for voter in people(3 * BURST_VOTES):
        cast(comment, voter)
    assert counts(comment)[2] == 3 * BURST_VOTES


def test_a_vote_that_was_left_out_goes_without_a_trace(
    comment: Comment, people: People, settings: Settings
) -> None:
    settings.DOWNVOTES = True
    voters = people(BURST_VOTES, joined=timezone.now())
    for value in (1, -1, 0):
        for voter in voters:
            cast(comment, voter, value)
    assert counts(comment) == (0, 0, 0, 0)


def test_moderators_alone_see_what_is_left_out(
    comment: Comment, people: People, moderator: User, client_of: Callable
) -> None:
    for voter in people(BURST_VOTES, joined=timezone.now()):
        cast(comment, voter)
    page = client_of(moderator).get(f"/admin/forum/comment/{comment.pk}/change/").content.decode()
    assert page.count("left out of the ranking: Many new accounts at once") == BURST_VOTES
    assert "left out" not in client_of(moderator).get("/articles/high-tide/").content.decode()


# --- On the page ---
