"""A new rule comes behind all others, however it was made."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import User
from forum.models import Rule
from forum.screening.checks import NEEDS_NUMBER
from forum.screening.models.rule import LAST

pytestmark = pytest.mark.django_db

FIELDS: dict[str, Any] = {
    "check_kind": "links",
    "number": 9,
    "verdict": "hold",
    "explanation": "No links.",
}
AT_ONCE = 4


@pytest.fixture(autouse=True)
def rules(db: None) -> None:
    Rule.objects.all().delete()
    for position, name in [(20, "Links"), (5, "Words")]:
        Rule.objects.create(name=name, position=position, **FIELDS)


@pytest.fixture
def editor(moderator: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(moderator)


def names() -> list[str]:
    return list(Rule.objects.values_list("name", flat=True))


def test_a_new_rule_stands_last() -> None:
    before = names()
    Rule.objects.create(name="First of mine", **FIELDS)
    Rule.objects.create(name="Second of mine", **FIELDS)
    assert names() == [*before, "First of mine", "Second of mine"]


def test_a_rule_stays_where_it_was_put() -> None:
    rule = Rule.objects.create(name="In front", position=0, **FIELDS)
    rule.save()
    assert names()[0] == "In front"


def test_behind_the_highest_number_there_is_room() -> None:
    for name in ("One", "Two"):
        Rule.objects.create(name=name, **FIELDS)
        Rule.objects.filter(name="One").update(position=LAST)
    assert names()[-2:] == ["One", "Two"]


def test_the_admin_puts_a_new_rule_last(editor: Client) -> None:
    before = names()
    form = editor.get(reverse("admin:forum_rule_add")).context["adminform"].form
    given = {name: form[name].value() or "" for name in form.fields}
    assert given["position"] == ""
    answer = editor.post(reverse("admin:forum_rule_add"), {**given, "name": "Mine", **FIELDS})
    assert answer.status_code == 302
    assert names() == [*before, "Mine"]


def test_the_list_of_the_admin_moves_a_rule_to_its_end(editor: Client) -> None:
    address, before = reverse("admin:forum_rule_changelist"), names()
    rows = editor.get(address).context["cl"].formset.forms
    sent = {f"form-{n}-id": row.instance.pk for n, row in enumerate(rows)}
    sent |= {f"form-{n}-position": row.instance.position if n else "" for n, row in enumerate(rows)}
    counts = {"form-TOTAL_FORMS": len(rows), "form-INITIAL_FORMS": len(rows), "_save": "Save"}
    assert editor.post(address, {**sent, **counts}).status_code == 302
    assert names() == [*before[1:], before[0]]


@pytest.mark.django_db(transaction=True)
def test_rules_made_at_once_stand_behind_all_others() -> None:
    before, ready = names(), Barrier(AT_ONCE)

    def make(number: int) -> None:
        ready.wait()
        try:
            Rule.objects.create(name=f"New {number}", **FIELDS)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(make, range(AT_ONCE)))
    assert names()[: len(before)] == before
    assert sorted(names()[len(before) :]) == [f"New {number}" for number in range(AT_ONCE)]


def test_a_new_rule_is_tried_as_soon_as_it_is_saved(editor: Client) -> None:
    sent = {
        "name": "Mine",
        "position": "",
        **FIELDS,
        "explanation": "No links.\r\n Not  here.",
        "_try": "Save and test it",
    }
    answer = editor.post(reverse("admin:forum_rule_add"), sent)
    rule = Rule.objects.get(name="Mine")
    assert answer.url == reverse("admin:forum_rule_try", args=[rule.pk])
    assert rule.explanation == "No links. Not here."


def test_what_a_kind_does_not_read_is_kept_and_not_said(editor: Client) -> None:
    rule = Rule.objects.create(name="Mine", words="casino\nlottery", **FIELDS)
    assert rule.in_words == "has 9 or more links"
    rule.check_kind = "words"
    assert rule.in_words == "has one of these words or phrases (casino, lottery)"
    rule.check_kind = "first"
    assert "casino" not in rule.in_words
    editor.post(
        reverse("admin:forum_rule_change", args=[rule.pk]),
        {"name": "Mine", "words": rule.words, **FIELDS},
    )
    assert "casino" in Rule.objects.get(pk=rule.pk).words


@pytest.mark.parametrize(
    ("kind", "number", "said"),
    [
        ("links", 1, "has 1 link or more"),
        ("new_account", 1, "author’s account is under 1 day old"),
        ("new_account", 3, "author’s account is under 3 days old"),
        ("speed", 5, "is one of 5 or more by its author within 10 minutes"),
        ("capitals", 20, "has 20 or more capital letters, and mostly capitals"),
        ("spam", 80, "has a spam score of 80 per cent or more"),
    ],
)
def test_the_number_stands_in_the_sentence(kind: str, number: int, said: str) -> None:
    assert Rule(check_kind=kind, number=number).in_words == said


def test_every_kind_with_a_number_has_its_sentence() -> None:
    for kind in NEEDS_NUMBER:
        assert " 7 " in Rule(check_kind=kind, number=7).in_words


def test_whoever_may_only_look_tries_a_rule(
    other_reader: User, client_of: Callable[[User], Client]
) -> None:
    User.objects.filter(pk=other_reader.pk).update(is_staff=True)
    other_reader.user_permissions.add(Permission.objects.get(codename="view_rule"))
    rule = Rule.objects.create(name="Mine", **FIELDS)
    page = (
        client_of(other_reader)
        .get(reverse("admin:forum_rule_change", args=[rule.pk]))
        .content.decode()
    )
    assert reverse("admin:forum_rule_try", args=[rule.pk]) in page
    assert 'name="_try"' not in page
