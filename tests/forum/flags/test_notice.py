"""Reports of illegal content (article 16 of the Digital
Services Act), and who hears of them at once.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from articles.models import Topic
from forum.flags.models import flag as flags
from forum.models import Comment, Flag, Moderator, Notice
from forum.moderation import decisions
from tests.conftest import OUR_PAGE
from tests.forum.flagging import flag, reason
from tests.mail import Outbox, text_of

pytestmark = pytest.mark.django_db

SAID = {
    "url": "https://example.com/comments/1/",
    "law": "Criminal code, § 130",
    "explanation": "It calls for violence against a group.",
    "name": "Jonas Weber",
    "email": "jonas@example.com",
    "good_faith": "on",
}
Say = Callable[..., Comment]


def send(client: Client, comment: Comment, **said: Any) -> Any:
    data = {
        "reason": reason("illegal").pk,
        **{name: value for name, value in said.items() if value},
    }
    return client.post(reverse("flag", args=[comment.pk]), data, **OUR_PAGE)


def receivers(outbox: Outbox, subject: str) -> list[str]:
    return sorted(str(mail["To"]) for mail in outbox() if subject in str(mail["Subject"]))


def test_a_signed_out_reader_reports_and_gets_a_receipt(
    say: Say, client: Client, outbox: Outbox
) -> None:
    page = send(client, say("Beat them."), **SAID).content.decode()
    assert f"Reference: {Flag.objects.get().pk}" in page
    notice = Notice.objects.get()
    assert [notice.law, notice.explanation, notice.name] == [
        SAID["law"],
        SAID["explanation"],
        SAID["name"],
    ]
    (receipt,) = [mail for mail in outbox() if "Your report" in str(mail["Subject"])]
    assert receipt["To"] == "jonas@example.com"
    assert f"Reference: {Flag.objects.get().pk}" in text_of(receipt)


def test_the_address_of_the_comment_is_filled_in(say: Say, client: Client) -> None:
    comment = say("Beat them.")
    page = client.get(reverse("flag", args=[comment.pk])).content.decode()
    assert f'{comment.get_absolute_url()}"' in page.partition('name="url"')[2][:300]


@pytest.mark.parametrize("missing", ["url", "law", "explanation", "name", "email", "good_faith"])
def test_what_the_law_asks_for_is_asked_for(missing: str, say: Say, client: Client) -> None:
    answer = send(client, say("Beat them."), **{**SAID, missing: ""})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [missing]
    assert not Flag.objects.exists()
    if missing != "explanation":
        assert SAID["explanation"] in answer.content.decode()


def test_nobody_has_to_give_their_name_for_the_abuse_of_children(say: Say, client: Client) -> None:
    assert (
        send(
            client, say("x"), **{**SAID, "name": "", "email": "", "is_about_children": "on"}
        ).status_code
        == 200
    )
    assert Notice.objects.get().is_about_children


@pytest.mark.parametrize("why", ["spam", "unkind", "off_topic", "private"])
def test_other_reports_ask_for_none_of_it(why: str, say: Say, client: Client) -> None:
    answer = client.post(
        reverse("flag", args=[say("x").pk]), {"reason": reason(why).pk}, **OUR_PAGE
    )
    assert answer.status_code == 200
    assert (Flag.objects.count(), Notice.objects.count()) == (1, 0)


def test_moderators_see_it_in_the_queue(
    say: Say, client: Client, moderator: User, client_of: Callable
) -> None:
    send(client, say("Beat them."), **SAID)
    page = client_of(moderator).get("/moderation/").content.decode()
    assert [said for said in ("law", "explanation", "name") if SAID[said] not in page] == []


def test_who_may_decide_hears_of_it_at_once(
    say: Say,
    client: Client,
    outbox: Outbox,
    moderator: User,
    reader: User,
    other_reader: User,
    topic: Topic,
) -> None:
    elsewhere = Topic.objects.create(name="Harbours", slug="harbours")
    Moderator.objects.create(person=other_reader, topic=topic)
    Moderator.objects.create(person=User.objects.get(username="Maren Holt"), topic=elsewhere)
    Moderator.objects.create(person=reader, topic=topic)  # who wrote it
    send(client, say("Beat them."), **SAID)
    assert receivers(outbox, "Illegal content was reported") == sorted(
        [moderator.email, other_reader.email]
    )


def test_no_more_letters_go_out_than_somebody_can_read(
    say: Say, client: Client, outbox: Outbox, moderator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flags, "REPORTS_TOLD_PER_HOUR", 2)
    for number in range(4):
        send(client, say(f"Number {number}."), **SAID)
    assert len(receivers(outbox, "Illegal content was reported")) == 2


def test_nobody_is_written_to_about_what_is_decided(
    say: Say, other_reader: User, outbox: Outbox, moderator: User
) -> None:
    comment = say("Beat them.")
    flag(comment, other_reader, "illegal")
    decisions.remove(Comment.objects.get(pk=comment.pk), by=moderator, reason="illegal")
    assert receivers(outbox, "Illegal content was reported") == []
