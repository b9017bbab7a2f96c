"""The outcome of a flag, and the email about it."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from forum.models import (
    AlreadyDecided,
    Case,
    Comment,
    Flag,
    NotPublished,
)
from forum.moderation import decisions
from forum.notifications.flag_answers import LETTERS_AT_ONCE, answer_flags
from forum.posting.edit import delete_comment, undelete_comment
from tests.forum.flagging import People, Say, flag, reason
from tests.mail import Outbox, text_of

NOBODY = AnonymousUser()


@pytest.fixture
def comment(say: Say) -> Comment:
    return say("Buy my almanac.")


def status(comment: Comment) -> str:
    comment.refresh_from_db()
    return comment.status


@pytest.mark.parametrize(
    ("decision", "outcome"), [("remove", "upheld"), ("erase", "upheld"), ("approve", "rejected")]
)
def test_a_decision_settles_the_flags(
    decision: str, outcome: str, comment: Comment, other_reader: User, moderator: User
) -> None:
    flag(comment, other_reader)
    extra = {} if decision == "approve" else {"reason": "spam"}
    action = getattr(decisions, decision)(comment, by=moderator, **extra)
    made = Flag.objects.get()
    assert (made.outcome, made.decided_at) == (outcome, action.created_at)
    with pytest.raises((AlreadyDecided, NotPublished)):
        flag(comment, other_reader)


def test_one_that_shows_still_shows_when_its_author_brings_it_back(
    comment: Comment, other_reader: User
) -> None:
    flag(comment, by=other_reader)
    delete_comment(comment)
    undelete_comment(comment)
    assert status(comment) == "published"
    assert Case.objects.waiting().get().comment == comment


@pytest.fixture
def answers(outbox: Outbox, reader: User) -> Outbox:
    """Mails to those who reported: the author gets one of their own."""
    return lambda: [mail for mail in outbox() if mail["To"] != reader.email]


def test_whoever_flagged_is_told_after_the_minute_of_undoing(
    comment: Comment, other_reader: User, moderator: User, answers: Outbox
) -> None:
    flag(comment, other_reader)
    decisions.remove(comment, by=moderator, reason="spam")
    assert answers() == []
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        [mail] = answers()
    assert mail["To"] == other_reader.email
    assert "agreed" in text_of(mail)
    assert "almanac" not in str(mail)


def test_nobody_is_told_of_what_was_undone(
    comment: Comment, other_reader: User, moderator: User, answers: Outbox
) -> None:
    flag(comment, other_reader)
    action = decisions.remove(comment, by=moderator, reason="spam")
    assert action
    Flag.objects.unsettle(comment, action)
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        assert answers() == []
    assert Flag.objects.get().outcome == ""


def test_a_signed_out_reader_is_told_once_and_their_address_forgotten(
    comment: Comment, moderator: User, answers: Outbox
) -> None:
    Flag.objects.make(
        comment=comment,
        by=NOBODY,
        reason=reason(),
        note="Hello, victim",
        email="passer@example.com",
    )
    action = decisions.approve(comment, by=moderator)
    assert action
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        [mail] = answers()
        answer_flags(action)
        assert len(answers()) == 1
    assert mail["To"] == "passer@example.com"
    assert "kept the comment" in text_of(mail)
    assert "Hello, victim" not in str(mail)
    assert "passer" not in Flag.objects.get().email


def test_a_crowd_is_told_a_hundred_at_a_time(
    comment: Comment, crowd: People, moderator: User, answers: Outbox, settings: Settings
) -> None:
    settings.FLAGS_TO_HOLD = 0
    why = reason()
    flags = [
        Flag(comment=comment, person=person, reason=why, weight=100)
        for person in crowd(LETTERS_AT_ONCE + 5)
    ]
    Flag.objects.bulk_create(flags)
    decisions.remove(comment, by=moderator, reason="spam")
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        assert len({mail["To"] for mail in answers()}) == LETTERS_AT_ONCE + 5
