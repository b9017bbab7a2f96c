"""The pages of the admin on which rules are written and tried."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts.models import User
from forum.models import Comment, Rule
from tests.forum.screening.rules import rule

Say = Callable[..., Comment]
CANARY = "canary-7f3a about the tide"


@pytest.fixture(autouse=True)
def no_rules(db: None) -> None:
    Rule.objects.all().delete()


def fields(**changes: Any) -> dict[str, Any]:
    given = {
        "name": "Birds",
        "position": 1,
        "check_kind": "words",
        "words": "canary",
        "verdict": "hold",
    }
    return {**given, "number": "", "explanation": "No canaries.", "trusts": "on", **changes}


@pytest.mark.parametrize(
    "changes",
    [
        {"words": ""},
        {"words": " … \n"},
        {"check_kind": "domains", "words": "ftp://"},
        {"check_kind": "links"},
        {"check_kind": "speed", "number": 0},
        {"check_kind": "spam", "number": 101},
    ],
)
def test_a_rule_that_could_not_work_is_not_saved(
    changes: dict, moderator: User, client_of: Callable
) -> None:
    answer = client_of(moderator).post(reverse("admin:forum_rule_add"), fields(**changes))
    assert (answer.status_code, Rule.objects.count()) == (200, 0)


TOO_LONG = {
    "This list has 2,001 lines: the limit is 2,000.": "\n".join(
        f"bird{number}" for number in range(2001)
    ),
    "This list has 100,001 characters: the limit is 100,000.": "a" * 100_001,
    "201 lines of several words have a *: the limit is 200.": "\n".join(
        f"big bird{number}*" for number in range(201)
    ),
}


@pytest.mark.parametrize("said", TOO_LONG)
@pytest.mark.parametrize("field", ["words", "and_words"])
def test_a_list_that_is_too_long_is_refused(
    said: str, field: str, moderator: User, client_of: Callable
) -> None:
    changes = {"and_check_kind": "words", "and_words": "canary", field: TOO_LONG[said]}
    answer = client_of(moderator).post(reverse("admin:forum_rule_add"), fields(**changes))
    assert said in answer.content.decode()
    with pytest.raises(ValidationError):
        rule(**changes)
    assert Rule.objects.count() == 0


def test_a_list_of_the_longest_is_saved(moderator: User, client_of: Callable) -> None:
    words = "\n".join(
        [*(f"bird{number}*" for number in range(1800)), *(f"a b{number}*" for number in range(200))]
    )
    client_of(moderator).post(reverse("admin:forum_rule_add"), fields(words=words))
    assert Rule.objects.get().lines == 2000


@pytest.mark.parametrize("is_on", [True, False])
def test_a_list_from_before_the_limit_can_be_switched_off_only(
    is_on: bool, moderator: User, client_of: Callable
) -> None:
    old = rule()
    Rule.objects.update(
        words=TOO_LONG["This list has 100,001 characters: the limit is 100,000."], is_on=is_on
    )
    counts = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "_save": "Save"}
    sent = {
        "form-0-id": old.pk,
        "form-0-position": 1,
        **counts,
        **({} if is_on else {"form-0-is_on": "on"}),
    }
    answer = client_of(moderator).post(reverse("admin:forum_rule_changelist"), sent)
    assert (
        "This list has 100,001 characters: the limit is 100,000." in answer.content.decode()
    ) is not is_on
    old.refresh_from_db()
    assert not old.is_on


def test_all_lists_that_are_on_are_bounded_together(moderator: User, client_of: Callable) -> None:
    words = "\n".join(f"bird{number}" for number in range(2000))
    for _ in range(10):
        rule(words=words)
    answer = client_of(moderator).post(reverse("admin:forum_rule_add"), fields(is_on="on"))
    assert "room for 0 more: shorten this list, or turn off another rule" in answer.content.decode()
    client_of(moderator).post(reverse("admin:forum_rule_add"), fields())
    assert Rule.objects.filter(is_on=False).count() == 1


def test_the_page_of_a_trial_shows_the_beginning_of_a_long_list(
    moderator: User, client_of: Callable
) -> None:
    tried = rule(words="\n".join(f"bird{number}" for number in range(2000)))
    page = (
        client_of(moderator).get(reverse("admin:forum_rule_try", args=[tried.pk])).content.decode()
    )
    assert "bird49, and 1950 more" in page


def test_a_rule_is_tried_before_it_is_on(say: Say, moderator: User, client_of: Callable) -> None:
    say(CANARY), say("Something else."), say(CANARY, by=moderator)
    browser = client_of(moderator)
    browser.post(reverse("admin:forum_rule_add"), fields())
    saved = Rule.objects.get()
    page = browser.get(reverse("admin:forum_rule_try", args=[saved.pk])).content.decode()
    assert "The last 2 comments by readers were checked." in " ".join(page.split())
    assert "This rule matches 1." in page
    assert not saved.is_on
    assert Comment.objects.published().count() == 3


def test_a_trial_that_takes_long_says_how_far_it_looked(
    say: Say, moderator: User, client_of: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    say("One."), say("Two."), say("Three.")
    times = iter([0.0, 0.1, 0.2, 0.5])
    monkeypatch.setattr("forum.screening.trial.thread_time", lambda: next(times))
    page = (
        client_of(moderator).get(reverse("admin:forum_rule_try", args=[rule().pk])).content.decode()
    )
    assert "The last 2 comments by readers were checked." in " ".join(page.split())
    assert "Older comments were not checked" in page


def test_each_kind_of_rule_can_be_tried(say: Say, moderator: User, client_of: Callable) -> None:
    say("One."), say("Two.")
    for kind in set(Rule.Check.values) - {"spam"}:
        tried = rule(check_kind=kind, number=1)
        address = reverse("admin:forum_rule_try", args=[tried.pk])
        assert client_of(moderator).get(address).status_code == 200


def test_the_rules_are_listed_in_their_order(moderator: User, client_of: Callable) -> None:
    rule(position=2), rule(position=1)
    assert client_of(moderator).get(reverse("admin:forum_rule_changelist")).status_code == 200
    assert client_of(moderator).get(reverse("admin:forum_policy_add")).status_code == 200


def test_only_who_may_change_rules_tries_one(reader: User, client: Client) -> None:
    address = reverse("admin:forum_rule_try", args=[rule().pk])
    assert client.get(address).status_code == 302
