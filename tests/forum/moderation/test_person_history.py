"""A person's whole record on one page, and what is decided there."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from articles.models import Topic
from forum.models import Case, Comment, Flag, ModerationAction, Moderator, Sanction
from forum.moderation import decisions
from tests.conftest import person

RECORD = "/moderation/people/Ines%20Okafor/"


def test_it_tells_comments_decisions_and_reports(
    desk: Client,
    waits: Callable[..., Case],
    report: Callable[..., Flag],
    reader: User,
    moderator: User,
    author: User,
) -> None:
    decisions.remove(
        waits("canary-removed").comment, by=moderator, reason="unkind", note="third time"
    )
    report(waits("Theirs.", by=author).comment, by=reader)
    page = desk.get(RECORD).content.decode()
    for said in (
        "canary-removed",
        "Removed by a moderator",
        "third time",
        "Unkind or threatening",
        "Spam",
        "Undo",
    ):
        assert said in page, said


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ({"days": "7", "sanction": "silence"}, "silence"),
        ({"days": "30"}, "suspension"),
        ({}, "ban"),
    ],
)
def test_a_measure_is_taken_and_lifted(
    said: dict[str, str], kind: str, desk: Client, reader: User
) -> None:
    desk.post(f"{RECORD}measures/", {"decision": "sanction", "reason": "unkind", **said})
    assert Sanction.objects.of(reader).kind == kind
    assert "Lift" in desk.get(RECORD).content.decode()
    desk.post(f"{RECORD}measures/", {"decision": "lift"})
    assert Sanction.objects.of(reader) is None


def test_a_warning_is_kept_with_the_person(desk: Client, reader: User) -> None:
    desk.post(
        f"{RECORD}measures/",
        {"decision": "warn", "reason": "off_topic", "note": "Stay with tides."},
    )
    line = ModerationAction.objects.get()
    assert (line.kind, line.person, line.note) == ("warn", reader, "Stay with tides.")


def test_a_measure_needs_a_reason(desk: Client, reader: User) -> None:
    answer = desk.post(f"{RECORD}measures/", {"decision": "sanction", "days": "7"})
    assert answer.status_code == 422
    assert "Choose a reason." in answer.content.decode()
    assert not Sanction.objects.exists()


def test_no_reason_is_chosen_before_a_moderator_chooses(desk: Client, reader: User) -> None:
    page = desk.get(RECORD).content.decode()
    reasons = re.search(r'<select name="reason".*?</select>', page, re.DOTALL)
    assert reasons
    assert re.findall(r'<option value="(.*?)"', reasons[0])[0] == ""
    assert "selected>Spam" not in reasons[0]


def test_who_moderates_a_topic_reads_and_decides_nothing_about_people(
    reader: User, topic: Topic, client_of: Callable[[User], Client]
) -> None:
    helper = person("Jonas Berg")
    Moderator.objects.create(person=helper, topic=topic)
    browser = client_of(helper)
    assert browser.get(RECORD).status_code == 200
    assert (
        browser.post(f"{RECORD}measures/", {"decision": "warn", "reason": "spam"}).status_code
        == 403
    )


def test_hidden_words_are_for_those_who_moderate_them(
    reader: User, say: Callable[..., Comment], moderator: User, client_of: Callable[[User], Client]
) -> None:
    decisions.remove(say("canary-hidden"), by=moderator, reason="spam")
    helper = person("Jonas Berg")
    Moderator.objects.create(person=helper, topic=Topic.objects.create(name="Bread", slug="bread"))
    assert "canary-hidden" not in client_of(helper).get(RECORD).content.decode()


def test_it_costs_the_same_however_much_there_is(
    desk: Client, say: Callable[..., Comment], reader: User
) -> None:
    counts = []
    for number in (1, 30):
        for each in range(number):
            say(f"{each}")
        with CaptureQueriesContext(connection) as queries:
            desk.get(RECORD)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 13


def test_comments_go_on_by_cursor(desk: Client, say: Callable[..., Comment], reader: User) -> None:
    for number in range(25):
        say(f"{number}")
    cursor = desk.get(RECORD).context["history"].next_cursor
    assert [
        c.body for c in desk.get(f"{RECORD}?after={cursor}").context["history"].comments
    ] == list("43210")


def test_nobody_has_no_record(desk: Client) -> None:
    assert desk.get("/moderation/people/Nobody/").status_code == 404
    assert desk.get("/moderation/people/%00/").status_code == 404


@pytest.mark.parametrize(
    "said", [{"decision": "sanction", "days": "7", "reason": "spam"}, {"decision": "lift"}]
)
def test_nobody_decides_about_themselves(
    said: dict[str, str], desk: Client, moderator: User
) -> None:
    answer = desk.post(f"/moderation/people/{moderator.username}/measures/", said)
    assert answer.status_code == 403
    assert (
        "Warn, silence"
        not in desk.get(f"/moderation/people/{moderator.username}/").content.decode()
    )
    assert not ModerationAction.objects.exists()


def test_a_moderator_decides_nothing_about_an_administrator(
    moderator: User, client_of: Callable[[User], Client]
) -> None:
    helper = person("Jonas Berg")
    Moderator.objects.create(person=helper, topic=None)
    said = {"decision": "sanction", "days": "7", "reason": "spam"}
    assert (
        client_of(helper)
        .post(f"/moderation/people/{moderator.username}/measures/", said)
        .status_code
        == 403
    )
    assert Sanction.objects.of(moderator) is None
