"""A reader's flag: its effect, its weight and its outcome."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import User
from forum.models import (
    Case,
    Comment,
    Flag,
    ModerationAction,
    NotPublished,
    OwnComment,
    Sanction,
    Suspended,
)
from forum.moderation import decisions
from forum.moderation.sanctions import impose
from forum.moderation.undo import undo
from forum.posting.edit import edit_comment
from tests.forum.flagging import People, Say, flag, reason

NOBODY = AnonymousUser()


@pytest.fixture
def comment(say: Say) -> Comment:
    return say("Buy my almanac.")


def status(comment: Comment) -> str:
    comment.refresh_from_db()
    return comment.status


# --- It waits for a moderator ---


def test_a_flag_opens_a_case(comment: Comment, other_reader: User) -> None:
    flag(comment, other_reader, "unkind")
    case = Case.objects.waiting().get()
    assert (case.comment_id, case.cause, case.flag_weight, case.severity) == (
        comment.pk,
        "flags",
        100,
        50,
    )
    assert status(comment) == "published"


def test_each_flag_makes_it_worse(comment: Comment, crowd: People) -> None:
    first, second = crowd(2)
    flag(comment, first, "off_topic")
    before = Case.objects.get().severity
    flag(comment, second, "illegal")
    assert Case.objects.get().severity > before
    assert Case.objects.get().flag_weight == 200


def test_enough_of_them_hold_it_with_the_reason_of_most(comment: Comment, crowd: People) -> None:
    for person, why in zip(crowd(3), ["spam", "off_topic", "spam"], strict=True):
        flag(comment, person, why)
    line = ModerationAction.objects.get()
    assert status(comment) == "held"
    assert (line.kind, line.is_automatic, line.reason, line.words) == (
        "hold",
        True,
        "spam",
        "Buy my almanac.",
    )
    assert "Several readers reported it" in line.rule_words


@pytest.mark.parametrize(("people", "expected"), [(0, "published"), (1, "held"), (5, "published")])
def test_the_publisher_says_how_many_that_are(
    people: int, expected: str, comment: Comment, crowd: People, settings: Settings
) -> None:
    settings.FLAGS_TO_HOLD = people
    for person in crowd(4):
        if status(comment) == "published":
            flag(comment, person)
    assert status(comment) == expected


def test_flags_of_somebody_often_wrong_weigh_less(
    say: Say, other_reader: User, moderator: User
) -> None:
    for n in range(3):
        flag(comment := say(f"Fine {n}."), other_reader)
        decisions.approve(comment, by=moderator)
    assert flag(say("Fine again."), other_reader).weight == 50


def test_signed_out_readers_are_heard_but_never_hold(comment: Comment) -> None:
    for n in range(5):
        Flag.objects.make(comment=comment, by=NOBODY, reason=reason(), email=f"r{n}@example.com")
    assert Case.objects.get().flag_weight == 0
    assert status(comment) == "published"


def test_of_readers_without_a_name_the_gravest_reason_stands(comment: Comment) -> None:
    for why in ("off_topic", "illegal", "spam"):
        Flag.objects.make(comment=comment, by=NOBODY, reason=reason(why))
    assert Flag.objects.get().reason.reason == "illegal"


def test_said_again_it_is_what_was_said_last(comment: Comment, other_reader: User) -> None:
    flag(comment, other_reader, "spam", "An advertisement.")
    flag(comment, other_reader, "private", "My own number!")
    made = Flag.objects.get()
    assert (made.reason.reason, made.note, made.weight) == ("private", "My own number!", 100)
    assert Case.objects.get().flag_weight == 100


# --- Who may not ---


def test_not_ones_own(comment: Comment, reader: User) -> None:
    with pytest.raises(OwnComment):
        flag(comment, reader)


def test_not_what_is_gone(comment: Comment, other_reader: User, moderator: User) -> None:
    seen = Comment.objects.get()
    decisions.remove(comment, by=moderator, reason="spam")
    with pytest.raises(NotPublished):
        Flag.objects.make(comment=seen, by=other_reader, reason=reason())
    assert not Flag.objects.exists()


@pytest.mark.parametrize(
    ("kind", "allowed"), [("silence", True), ("suspension", False), ("ban", False)]
)
def test_whoever_is_silenced_can_still_say_what_is_wrong(
    kind: str, allowed: bool, comment: Comment, other_reader: User, moderator: User
) -> None:
    until = None if kind == "ban" else timezone.now() + timedelta(days=1)
    impose(Sanction(person=other_reader, kind=kind, until=until, reason="unkind"), by=moderator)
    if allowed:
        assert flag(comment, other_reader).weight == 100
    else:
        with pytest.raises(Suspended):
            flag(comment, other_reader)


# --- What a moderator has approved ---


def test_an_approved_text_is_not_held_again_and_waits_behind_others(
    comment: Comment, crowd: People, moderator: User
) -> None:
    early, *late = crowd(8)
    flag(comment, early)
    decisions.approve(comment, by=moderator)
    for person in late:
        flag(comment, person)
    case = Case.objects.waiting().get()
    assert status(comment) == "published"
    assert (case.flag_weight, case.severity) == (350, 32)


def test_a_slip_that_was_taken_back_is_no_approval(
    comment: Comment, crowd: People, moderator: User
) -> None:
    slip = decisions.remove(comment, by=moderator, reason="spam")
    assert slip
    assert undo(slip, by=moderator)
    for person in crowd(3):
        flag(comment, person)
    assert status(comment) == "held"


def test_another_text_is_judged_anew(comment: Comment, crowd: People, moderator: User) -> None:
    early, *late = crowd(4)
    flag(comment, early)
    decisions.approve(comment, by=moderator)
    edit_comment(Comment.objects.get(), body="Buy my calendar.")
    for person in late:
        flag(comment, person)
    assert status(comment) == "held"


# --- Many at once, and what it costs ---


@pytest.mark.django_db(transaction=True)
def test_of_sixteen_at_once_one_is_the_last_straw(say: Say, crowd: People) -> None:
    comment, people = say("Buy my almanac."), crowd(16)
    reason()

    def work(person: User) -> str:
        try:
            flag(comment, person)
        except NotPublished:
            return "late"
        finally:
            connection.close()
        return "counted"

    with ThreadPoolExecutor(16) as threads:
        answers = list(threads.map(work, people))
    assert (answers.count("counted"), Flag.objects.count()) == (3, 3)
    assert ModerationAction.objects.filter(kind="hold").count() == 1
    assert (status(comment), Case.objects.get().flag_weight) == ("held", 300)


@pytest.mark.django_db(transaction=True)
def test_one_person_at_many_windows_has_one_flag(say: Say, other_reader: User) -> None:
    comment = say("Buy my almanac.")
    reason()

    def work(_: int) -> None:
        try:
            flag(comment, other_reader)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(work, range(8)))
    assert (Flag.objects.count(), Case.objects.get().flag_weight) == (1, 100)


def test_a_flag_takes_as_many_queries_among_many_as_among_few(
    say: Say,
    crowd: People,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    settings: Settings,
) -> None:
    settings.FLAGS_TO_HOLD = 0
    comment, why = say("Buy my almanac."), reason()
    *people, last = crowd(80)
    Flag.objects.bulk_create(
        Flag(comment=comment, person=person, reason=why, weight=100) for person in people
    )
    with django_assert_max_num_queries(25):
        Flag.objects.make(comment=comment, by=last, reason=why)
