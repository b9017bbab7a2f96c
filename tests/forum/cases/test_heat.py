"""Heated discussions get a case before anybody reports them."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from forum.cases.heat import (
    DISLIKED_VOTES,
    FLAGGED_COMMENTS,
    TURNS,
    TURNS_TIME,
    Flagged,
    Turn,
    is_disliked,
    is_exchange,
    is_flagged_thread,
)
from forum.models import Case, Comment, Discussion, Vote
from forum.moderation import decisions
from forum.posting.post import post_comment
from tests.forum.flagging import People, Say, flag, reason

NOW = timezone.now()
SLOWLY = TURNS_TIME / (TURNS - 2)
QUICKLY = TURNS_TIME / TURNS


def turns(authors: list[int | None], *, pace: timedelta = QUICKLY) -> list[Turn]:
    return [Turn(author, NOW + n * pace) for n, author in enumerate(authors)]


# --- When it is heat ---


@pytest.mark.parametrize(
    ("authors", "pace", "expected"),
    [
        ([1, 2] * 3, QUICKLY, True),
        ([3, 1, 2, 1, 2, 1, 2], QUICKLY, True),
        ([1, 2] * 3, SLOWLY, False),
        ([1, 2, 1, 2, 1], QUICKLY, False),
        ([1, 2, 3, 2, 1, 2], QUICKLY, False),
        ([1] * 6, QUICKLY, False),
        ([1, None] * 3, QUICKLY, False),
    ],
)
def test_two_who_answer_each_other_in_haste_are_at_each_other(
    authors: list[int | None], pace: timedelta, expected: bool
) -> None:
    assert is_exchange(turns(authors, pace=pace)) is expected


@pytest.mark.parametrize(
    ("helpful", "unhelpful", "expected"),
    [(0, 5, True), (0, 4, False), (1, 5, True), (2, 5, False), (20, 30, False)],
)
def test_a_comment_is_disliked_by_many_and_by_most(
    helpful: int, unhelpful: int, expected: bool
) -> None:
    assert is_disliked(helpful=helpful, unhelpful=unhelpful) is expected


@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        ([(1, 7), (2, 8), (3, 7)], True),
        ([(1, 7), (2, 7), (3, 7)], False),
        ([(1, 7), (1, 8), (2, 9)], False),
        ([(1, 7), (2, None), (3, None)], True),
        ([], False),
    ],
)
def test_several_comments_flagged_by_several_people_speak_of_the_thread(
    flags: list[tuple[int, int | None]], expected: bool
) -> None:
    assert is_flagged_thread([Flagged(*each) for each in flags]) is expected


# --- What comes of it: two at each other ---


def exchange(say: Say, people: list[User], length: int, parent: Comment | None = None) -> Comment:
    for n in range(length):
        parent = say(f"No, {n}!", by=people[n % 2], parent=parent)
    assert parent
    return parent


def test_an_exchange_in_haste_waits_for_a_look(say: Say, crowd: People) -> None:
    latest = exchange(say, crowd(2), TURNS)
    case = Case.objects.get()
    assert (case.comment, case.cause) == (latest, "heat")
    assert latest.is_published


def test_it_waits_once_however_long_they_go_on(say: Say, crowd: People, moderator: User) -> None:
    people = crowd(2)
    latest = exchange(say, people, TURNS + 2)
    decisions.approve(Case.objects.get().comment, by=moderator)
    exchange(say, people, 2, parent=latest)
    assert Case.objects.count() == 1


def test_what_was_written_long_ago_and_brought_here_heats_up_nothing(
    discussion: Discussion, crowd: People
) -> None:
    people, parent, at = crowd(2), None, NOW - timedelta(days=400)
    for n in range(TURNS):
        parent = post_comment(
            discussion, by=people[n % 2], body=f"No, {n}!", parent=parent, key=uuid4().hex, at=at
        )
    assert not Case.objects.exists()


def queries(do: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        do()
    return len(captured)


def test_a_reply_costs_one_query_more_at_most(say: Say, crowd: People) -> None:
    """And only deep in a chain that is as quick: elsewhere none."""
    one, two, other = crowd(3)
    parent = exchange(say, [one, other], 2)
    shallow = queries(lambda: say("Shallow.", by=two, parent=parent))
    deep = exchange(say, [one, two], TURNS - 3, parent=parent)
    assert queries(lambda: say("Deep.", by=other, parent=deep)) == shallow + 1
    with time_machine.travel(timezone.now() + 2 * TURNS_TIME):
        assert queries(lambda: say("Deep, and later.", by=other, parent=deep)) == shallow


# --- Votes ---


def test_a_comment_most_readers_vote_down_waits_for_a_look(
    say: Say, crowd: People, settings: Settings
) -> None:
    settings.DOWNVOTES = True
    comment = say("Tides are a hoax.")
    for person in crowd(DISLIKED_VOTES + 3):
        Vote.objects.cast(comment=comment, by=person, value=-1)
    case = Case.objects.get()
    assert (case.comment, case.cause) == (comment, "heat")


def test_a_look_is_asked_for_once(
    say: Say, crowd: People, settings: Settings, moderator: User
) -> None:
    settings.DOWNVOTES = True
    comment = say("Tides are a hoax.")
    *people, last = crowd(DISLIKED_VOTES + 1)
    for person in people:
        Vote.objects.cast(comment=comment, by=person, value=-1)
    decisions.approve(comment, by=moderator)
    Vote.objects.cast(comment=comment, by=last, value=-1)
    assert not Case.objects.waiting().exists()


# --- Flags of a thread ---


def flag_thread(say: Say, people: list[User]) -> Comment:
    head = say("The tide table is wrong.")
    for n, person in enumerate(people):
        flag(say(f"You are wrong, {n}.", parent=head), person, "unkind")
    return head


def test_a_thread_with_several_flagged_comments_waits_itself(say: Say, crowd: People) -> None:
    head = flag_thread(say, crowd(FLAGGED_COMMENTS))
    assert Case.objects.get(cause="heat").comment == head
    assert Case.objects.filter(cause="flags").count() == FLAGGED_COMMENTS


def test_the_flags_of_other_threads_are_not_its_own(say: Say, crowd: People) -> None:
    for person in crowd(FLAGGED_COMMENTS + 2):
        flag(say("Alone."), person)
    assert not Case.objects.filter(cause="heat").exists()


def test_what_waits_for_its_heat_and_is_flagged_waits_for_its_flags(
    say: Say, crowd: People
) -> None:
    *people, another = crowd(FLAGGED_COMMENTS + 1)
    head = flag_thread(say, people)
    flag(head, another, "spam")
    case = Case.objects.get(comment=head)
    assert (case.cause, case.flag_weight, case.severity) == ("flags", 100, 45)


def test_heat_comes_behind_every_flag(say: Say, crowd: People) -> None:
    *people, another = crowd(FLAGGED_COMMENTS + 1)
    head = flag_thread(say, people)
    mild = say("See also my other comment.")
    flag(mild, another, "off_topic")
    assert list(Case.objects.waiting().values_list("comment", flat=True))[-2:] == [mild.pk, head.pk]


def test_a_flag_costs_the_same_in_a_thread_of_any_size(say: Say, crowd: People) -> None:
    first, second = crowd(2)
    reason()
    head = say("The tide table is wrong.")
    early = say("It is right.", parent=head)
    small = queries(lambda: flag(early, first))
    late = [say(f"Reply {n}.", parent=head) for n in range(60)][-1]
    assert queries(lambda: flag(late, second)) == small
