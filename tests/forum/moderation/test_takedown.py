"""A takedown suspends a person and removes their comments, with one undo."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from forum.models import Comment, ModerationAction, Sanction, Takedown
from forum.moderation import decisions
from forum.moderation.models import takedown as takedowns
from tests.mail import Outbox

pytestmark = pytest.mark.django_db

Say = Callable[..., Comment]
ADDRESS = "/moderation/people/Ines%20Okafor/measures/"


def take_down(client: Client, **said: Any) -> Any:
    return client.post(
        ADDRESS, {"decision": "sanction", "reason": "spam", "days": "7", "takedown": "all", **said}
    )


def statuses(person: User) -> list[str]:
    return list(
        Comment.objects.filter(author=person).order_by("pk").values_list("status", flat=True)
    )


def undo(client: Client) -> Any:
    return client.post(f"/moderation/takedowns/{Takedown.objects.get().pk}/undo/")


def work(outbox: Outbox) -> list[Any]:
    """Run all tasks, however long they were to wait, and return what was mailed."""
    mails: list[Any] = []
    while DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now()):
        mails = outbox()
    return mails


def test_all_comments_of_a_person_are_removed_with_exact_lines(
    desk: Client, say: Say, reader: User, other_reader: User, moderator: User
) -> None:
    mine, theirs = [say(f"Buy {n}.") for n in range(3)], say("Tides.", by=other_reader)
    assert take_down(desk).status_code == 303
    assert statuses(reader) == ["removed"] * 3
    assert statuses(other_reader) == ["published"]
    lines = ModerationAction.objects.filter(
        kind="remove", person=reader, moderator=moderator, reason="spam"
    )
    assert sorted(lines.values_list("comment", flat=True)) == [each.pk for each in mine]
    assert Sanction.objects.of(reader)
    assert theirs.pk not in lines.values_list("comment", flat=True)


def test_one_undo_gives_everything_back(desk: Client, say: Say, reader: User) -> None:
    say("One."), say("Two.")
    take_down(desk)
    assert (
        "2"
        in desk.get("/moderation/people/Ines%20Okafor/")
        .content.decode()
        .partition('id="takedowns-h"')[2]
    )
    undo(desk)
    assert statuses(reader) == ["published"] * 2
    assert not Sanction.objects.of(reader)
    assert ModerationAction.objects.filter(kind="restore").count() == 2
    undo(desk)
    assert ModerationAction.objects.filter(kind="restore").count() == 2


def test_only_the_latest_can_be_chosen(desk: Client, say: Say, reader: User) -> None:
    old, _ = say("Old."), say("New.")
    Comment.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=3))
    take_down(desk, takedown="24")
    assert statuses(reader) == ["published", "removed"]


def test_many_are_removed_by_tasks_and_one_letter_goes_out(
    desk: Client, say: Say, reader: User, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(takedowns, "AT_ONCE", 2)
    for number in range(5):
        say(f"Buy {number}.")
    take_down(desk)
    assert statuses(reader).count("removed") == 2
    mails = work(outbox)
    assert statuses(reader) == ["removed"] * 5
    assert [mail["To"] for mail in mails] == [reader.email]
    undo(desk)
    work(outbox)
    assert statuses(reader) == ["published"] * 5


def test_what_was_undone_is_not_gone_on_with(
    desk: Client, say: Say, reader: User, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(takedowns, "AT_ONCE", 2)
    for number in range(5):
        say(f"Buy {number}.")
    take_down(desk)
    undo(desk)
    work(outbox)
    assert statuses(reader) == ["published"] * 5


def test_what_was_decided_since_stays(
    desk: Client, say: Say, reader: User, moderator: User
) -> None:
    comment = say("One.")
    take_down(desk)
    decisions.erase(Comment.objects.get(pk=comment.pk), by=moderator, reason="spam")
    undo(desk)
    assert statuses(reader) == ["erased"]


def test_nobody_does_it_to_themselves_or_to_an_administrator(
    say: Say, moderator: User, other_reader: User, client_of: Callable[[User], Client], topic: Any
) -> None:
    from forum.models import Moderator

    Moderator.objects.create(person=other_reader)
    say("Mine.", by=moderator), say("Ours.", by=other_reader)
    said = {"decision": "sanction", "reason": "spam", "days": "7", "takedown": "all"}
    for by, name in (
        (moderator, "Olwen%20Pryce"),
        (other_reader, "Olwen%20Pryce"),
        (other_reader, "Tomas%20Reyle"),
    ):
        assert client_of(by).post(f"/moderation/people/{name}/measures/", said).status_code == 403
    assert not Takedown.objects.exists()
