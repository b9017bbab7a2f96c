from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from articles.models import Topic
from forum.models import Case, Comment, ModerationAction, Moderator, Objection, Sanction
from forum.moderation import decisions, objections
from forum.moderation.sanctions import impose
from forum.people.scope import SITE_WIDE, scope_of
from forum.posting import visibility
from tests.conftest import person
from tests.mail import Outbox, text_of

Say = Callable[..., Comment]
ClientOf = Callable[[User], Client]


@pytest.fixture
def objection(removal: ModerationAction, reader: User) -> Objection:
    found = Objection.objects.open(removal, by=reader, words="It was a joke.")
    assert found
    return found


def answer(
    objection: Objection, client: Client, outcome: str = "upheld", words: str = "A joke it was."
) -> int:
    address = reverse("objection", args=[objection.pk])
    return client.post(address, {"outcome": outcome, "answer": words}).status_code


def status_of(objection: Objection) -> str:
    return Comment.objects.get(moderation_actions=objection.action).status


def test_one_that_is_upheld_gives_the_comment_back(
    objection: Objection, second_moderator: User, client_of: ClientOf
) -> None:
    assert answer(objection, client_of(second_moderator)) == 302
    assert status_of(objection) == "published"
    lines = [(line.kind, line.undoes_id) for line in ModerationAction.objects.all()]
    assert lines == [("uphold", None), ("restore", objection.action_id), ("remove", None)]


def test_one_that_is_rejected_leaves_it(
    objection: Objection, second_moderator: User, client_of: ClientOf
) -> None:
    assert answer(objection, client_of(second_moderator), "rejected", "It named a person.") == 302
    assert status_of(objection) == "removed"
    line = ModerationAction.objects.first()
    assert line
    assert (line.kind, line.moderator, line.person) == (
        "reject",
        second_moderator,
        objection.person,
    )


def test_one_about_a_suspension_lifts_it(
    suspension: ModerationAction, reader: User, second_moderator: User
) -> None:
    objection = Objection.objects.open(suspension, by=reader, words="It was not me.")
    assert objection
    objection.decide("upheld", by=second_moderator, answer="It was somebody else.")
    assert Sanction.objects.of(reader) is None
    assert ModerationAction.objects.get(pk=suspension.pk).is_undone


def test_one_about_a_held_comment_shows_it(say: Say, reader: User, moderator: User) -> None:
    hold = visibility.hold(say("Look at shop.example."), by=None, rule_words="Links wait.")
    assert hold
    objection = Objection.objects.open(hold, by=reader, words="It is the source.")
    assert objection
    line = objection.decide("upheld", by=moderator, answer="It is.")
    assert line
    assert line.undoes == hold
    assert status_of(objection) == "published"


def test_one_about_the_removal_of_what_waited_shows_it_and_it_waits_no_more(
    waits: Callable[..., Case], reader: User, moderator: User, second_moderator: User
) -> None:
    removal = decisions.remove(waits("Look.", held=True).comment, by=moderator, reason="spam")
    assert removal
    objection = Objection.objects.open(removal, by=reader, words="It is the source.")
    assert objection
    objection.decide("upheld", by=second_moderator, answer="It is.")
    assert status_of(objection) == "published"
    assert not Case.objects.waiting().exists()


def test_what_was_decided_since_stands(
    objection: Objection, moderator: User, second_moderator: User
) -> None:
    assert objection.action.comment
    decisions.erase(objection.action.comment, by=moderator, reason="illegal")
    line = objection.decide("upheld", by=second_moderator, answer="Not unkind.")
    assert line
    assert line.undoes == objection.action
    assert status_of(objection) == "erased"


def test_whoever_decided_does_not_judge_the_objection(
    objection: Objection, moderator: User, second_moderator: User, client_of: ClientOf
) -> None:
    page = client_of(moderator).get(reverse("objection", args=[objection.pk])).content.decode()
    assert "Another moderator will answer" in page
    assert (
        "You took the decision yourself."
        in client_of(moderator).get(reverse("objections")).content.decode()
    )
    assert answer(objection, client_of(moderator)) == 403
    assert status_of(objection) == "removed"


def test_a_moderator_of_the_topic_is_another_one(
    objection: Objection, topic: Topic, other_reader: User, moderator: User, client_of: ClientOf
) -> None:
    Moderator.objects.create(person=other_reader, topic=topic)
    assert answer(objection, client_of(moderator)) == 403
    assert answer(objection, client_of(other_reader)) == 302


def test_the_only_moderator_answers_it(
    objection: Objection, moderator: User, client_of: ClientOf
) -> None:
    person("Nils Gone", is_superuser=True, is_active=False)
    assert answer(objection, client_of(moderator)) == 302


def test_nobody_answers_their_own(
    say: Say, moderator: User, second_moderator: User, client_of: ClientOf
) -> None:
    removal = decisions.remove(say("Hm.", by=moderator), by=second_moderator, reason="other")
    assert removal
    objection = Objection.objects.open(removal, by=moderator, words="No.")
    assert objection
    assert answer(objection, client_of(moderator)) == 403
    assert answer(objection, client_of(second_moderator)) == 302  # there is nobody else


def test_an_objection_decided_twice_is_decided_once(
    objection: Objection, second_moderator: User, client_of: ClientOf
) -> None:
    client = client_of(second_moderator)
    assert answer(objection, client, "rejected", "It named a person.") == 302
    response = client.post(
        reverse("objection", args=[objection.pk]), {"outcome": "upheld", "answer": "Typed in vain."}
    )
    assert response.status_code == 409
    assert "Typed in vain." in response.content.decode()
    assert status_of(objection) == "removed"


def test_an_answer_needs_its_reasons(
    objection: Objection, second_moderator: User, client_of: ClientOf
) -> None:
    response = client_of(second_moderator).post(
        reverse("objection", args=[objection.pk]), {"answer": " "}
    )
    page = response.content.decode()
    assert response.status_code == 422
    assert "Choose an outcome." in page
    assert "Enter your reasons" in page


@pytest.mark.parametrize(
    ("outcome", "said"), [("upheld", "is reversed"), ("rejected", "The decision stands")]
)
def test_the_person_is_told_the_reasons(
    outcome: str,
    said: str,
    objection: Objection,
    second_moderator: User,
    client_of: ClientOf,
    outbox: Outbox,
) -> None:
    objection.decide(outcome, by=second_moderator, answer="We read it twice.")
    mail = outbox()[-1]
    page = (
        client_of(objection.person)
        .get(reverse("statement", args=[objection.action_id]))
        .content.decode()
    )
    assert mail["To"] == objection.person.email
    assert all(
        words in text for words in (said, "We read it twice.") for text in (text_of(mail), page)
    )


def test_readers_do_not_see_objections(
    objection: Objection, reader: User, client_of: ClientOf
) -> None:
    for address in (reverse("objections"), reverse("objection", args=[objection.pk])):
        assert client_of(reader).get(address).status_code == 403


def test_a_moderator_of_a_topic_sees_those_of_the_topic(
    objection: Objection,
    suspension: ModerationAction,
    topic: Topic,
    other_reader: User,
    client_of: ClientOf,
) -> None:
    Objection.objects.open(suspension, by=objection.person, words="About me, not about the topic.")
    Moderator.objects.create(person=other_reader, topic=topic)
    page = client_of(other_reader).get(reverse("objections")).content.decode()
    assert "It was a joke." in page
    assert "not about the topic" not in page


def test_the_oldest_comes_first_and_more_by_cursor(
    say: Say,
    reader: User,
    moderator: User,
    client_of: ClientOf,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    monkeypatch.setattr(objections, "OBJECTIONS_PER_PAGE", 2)
    removals = [decisions.remove(say(f"{n}"), by=moderator, reason="other") for n in range(3)]
    waiting = [
        Objection.objects.open(removal, by=reader, words=f"No {n}")
        for n, removal in enumerate(removals)
        if removal
    ]
    client = client_of(moderator)
    with django_assert_max_num_queries(5):
        page = client.get(reverse("objections")).content.decode()
    assert page.index("No 0") < page.index("No 1")
    assert "No 2" not in page
    assert waiting[1]
    assert "No 2" in client.get(reverse("objections"), {"after": waiting[1].pk}).content.decode()


def test_an_empty_list_says_so(moderator: User, client_of: ClientOf) -> None:
    assert "No objections." in client_of(moderator).get(reverse("objections")).content.decode()


def test_who_moderates_a_topic_does_not_answer_one_about_the_right_to_write(
    say: Say, reader: User, moderator: User, topic: Topic, client_of: ClientOf
) -> None:
    sanction = Sanction(person=reader, kind="ban", reason="spam")
    imposed = impose(sanction, by=moderator, comment=say("Words."))
    objection = Objection.objects.open(imposed, by=reader, words="It was not me.")
    helper = person("Jonas Berg")
    Moderator.objects.create(person=helper, topic=topic)
    theirs = scope_of(helper)
    assert objection
    assert theirs
    assert answer(objection, client_of(helper)) == 403
    assert objections.objections_page(theirs)[0] == []
    assert objections.objections_page(SITE_WIDE)[0] == [objection]
