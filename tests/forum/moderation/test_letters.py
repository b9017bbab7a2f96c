"""Emails to people who lost a comment or the right to write."""

from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from articles.models import Topic
from forum.log import texts
from forum.models import Comment, Discussion, ModerationAction, Moderator, Objection, Sanction
from forum.moderation import decisions
from forum.moderation.sanctions import impose, lift
from forum.posting import visibility
from forum.posting.post import post_comment
from tests.mail import Outbox, link_in, text_of

Say = Callable[..., Comment]


@pytest.fixture
def later(outbox: Outbox) -> Outbox:
    """The mail that has gone out a minute later."""

    def mails() -> list[EmailMessage]:
        DBTaskResult.objects.update(run_after=timezone.now())
        return outbox()

    return mails


def test_a_letter_says_what_why_about_which_words_and_how_to_object(
    removal: ModerationAction, reader: User, later: Outbox
) -> None:
    (mail,) = later()
    said = [
        "Your comment was removed",
        "Unkind",
        "You fool of a tide.",
        "a moderator, a person",
        "object once",
    ]
    assert [words for words in said if words not in text_of(mail)] == []
    assert mail["To"] == reader.email
    assert link_in(mail, "/moderation/") == reverse("statement", args=[removal.pk])
    assert "the third this week" not in mail.as_string()


def test_it_waits_a_minute(removal: ModerationAction, outbox: Outbox) -> None:
    assert outbox() == []
    (task,) = DBTaskResult.objects.filter(task_path="forum.tasks.send_statement")
    assert timedelta(seconds=50) < task.run_after - timezone.now() <= timedelta(seconds=60)


def test_what_was_taken_back_in_that_minute_is_not_told(
    removal: ModerationAction, moderator: User, later: Outbox
) -> None:
    assert removal.comment
    decisions.restore(removal.comment, by=moderator)
    assert later() == []


def test_a_suspension_lifted_at_once_is_not_told(
    suspension: ModerationAction, moderator: User, later: Outbox
) -> None:
    lift(Sanction.objects.get(), by=moderator)
    assert later() == []


def test_a_suspension_is_told_with_its_end(suspension: ModerationAction, later: Outbox) -> None:
    (mail,) = later()
    assert mail["Subject"].startswith("You are suspended")
    assert f"Until: {timezone.localtime(suspension.until):%-d %B %Y}" in text_of(mail)


def test_a_rule_that_hides_a_comment_is_told_as_such(say: Say, later: Outbox) -> None:
    visibility.hold(say("Hm."), by=None, rule_words="Several readers reported it.")
    (mail,) = later()
    assert "a rule of the site, automatically" in text_of(mail)
    assert "The rule: Several readers reported it." in text_of(mail)


def test_what_was_held_before_it_showed_was_told_on_the_page(
    say: Say, reader: User, later: Outbox
) -> None:
    ModerationAction.record(
        "hold", by=None, comment=say("Hm."), person=reader, rule_words="Links wait."
    )
    assert later() == []


@pytest.mark.parametrize("is_there", [True, False])
def test_nobody_writes_to_an_account_that_is_closed(
    is_there: bool, removal: ModerationAction, reader: User, later: Outbox
) -> None:
    User.objects.filter(pk=reader.pk).update(is_active=is_there)
    assert len(later()) == is_there


def test_nobody_writes_to_the_author_of_an_imported_comment(
    discussion: Discussion, moderator: User, later: Outbox
) -> None:
    comment = post_comment(discussion, by=None, body="From elsewhere.", key="1", at=timezone.now())
    assert decisions.remove(comment, by=moderator, reason="other")
    assert later() == []


def test_whoever_loses_many_comments_gets_few_letters(
    say: Say, reader: User, moderator: User, later: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(texts, "LETTERS_PER_DAY", 2)
    for number in range(4):
        decisions.remove(say(f"Spam {number}"), by=moderator, reason="spam")
    impose(Sanction(person=reader, kind="ban", reason="spam"), by=moderator)
    assert [mail["Subject"][:13] for mail in later()] == [
        "Your comment ",
        "Your comment ",
        "You are banne",
    ]


def told(outbox: Outbox) -> list[str]:
    return sorted(
        str(mail["To"]) for mail in outbox() if "objection is waiting" in str(mail["Subject"])
    )


def test_an_objection_is_mailed_to_those_who_may_decide_but_took_no_decision(
    removal: ModerationAction,
    reader: User,
    other_reader: User,
    second_moderator: User,
    outbox: Outbox,
) -> None:
    Moderator.objects.create(person=other_reader, topic=Topic.objects.get())
    Moderator.objects.create(person=reader)
    Objection.objects.open(removal, by=reader, words="It was meant kindly.")
    assert told(outbox) == sorted([second_moderator.email, other_reader.email])


def test_an_objection_is_mailed_to_who_decided_where_nobody_else_can(
    removal: ModerationAction, reader: User, moderator: User, outbox: Outbox
) -> None:
    Objection.objects.open(removal, by=reader, words="It was meant kindly.")
    assert told(outbox) == [moderator.email]


def test_an_objection_about_the_right_to_write_is_for_those_of_the_whole_site(
    suspension: ModerationAction,
    reader: User,
    other_reader: User,
    second_moderator: User,
    topic: Topic,
    outbox: Outbox,
) -> None:
    Moderator.objects.create(person=other_reader, topic=topic)
    Objection.objects.open(suspension, by=reader, words="It was meant kindly.")
    assert told(outbox) == [second_moderator.email]


def test_an_objection_that_is_answered_by_then_is_not_mailed(
    removal: ModerationAction, reader: User, second_moderator: User, outbox: Outbox
) -> None:
    objection = Objection.objects.open(removal, by=reader, words="It was meant kindly.")
    assert objection
    objection.decide("rejected", by=second_moderator, answer="No.")
    assert told(outbox) == []
