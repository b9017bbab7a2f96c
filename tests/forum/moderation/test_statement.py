from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from articles.models import Topic
from forum.models import Case, Comment, ModerationAction, Moderator, Objection
from forum.moderation import decisions, statements
from forum.posting import visibility

Say = Callable[..., Comment]
ClientOf = Callable[[User], Client]


def page_of(action: ModerationAction, client: Client) -> str:
    return client.get(reverse("statement", args=[action.pk])).content.decode()


def object_to(action: ModerationAction, client: Client, words: str, status: int) -> str:
    response = client.post(reverse("statement", args=[action.pk]), {"words": words})
    assert response.status_code == status
    return response.content.decode()


def test_the_person_reads_what_was_decided_why_and_by_whom(
    removal: ModerationAction, reader: User, client_of: ClientOf
) -> None:
    page = page_of(removal, client_of(reader))
    said = [
        "Your comment was removed",
        "You fool of a tide.",
        "Unkind or threatening",
        "a person, not a program",
    ]
    assert [words for words in said if words not in page] == []
    assert "the third this week" not in page


def test_a_rule_is_told_in_its_own_words(say: Say, reader: User, client_of: ClientOf) -> None:
    action = visibility.hold(
        say("Buy now."), by=None, rule_words="Links to shops wait for a moderator."
    )
    assert action
    page = page_of(action, client_of(reader))
    assert "Links to shops wait for a moderator." in page
    assert "automatically" in page


def test_what_led_to_it_is_told_and_not_who(
    say: Say, reader: User, moderator: User, client_of: ClientOf
) -> None:
    comment = say("You fool.")
    Case.objects.open(comment, cause="flags", severity=50)
    action = decisions.remove(comment, by=moderator, reason="unkind")
    assert action
    assert "Readers reported it." in page_of(action, client_of(reader))


def test_a_suspension_says_until_when(
    suspension: ModerationAction, reader: User, client_of: ClientOf
) -> None:
    page = page_of(suspension, client_of(reader))
    assert "You are suspended" in page
    assert f"{timezone.localtime(suspension.until):%Y}" in page


@pytest.mark.parametrize(
    ("who", "status"), [("reader", 200), ("other_reader", 404), ("moderator", 200)]
)
def test_it_is_for_the_person_and_for_moderators(
    who: str,
    status: int,
    removal: ModerationAction,
    client_of: ClientOf,
    request: pytest.FixtureRequest,
) -> None:
    client = client_of(request.getfixturevalue(who))
    assert client.get(reverse("statement", args=[removal.pk])).status_code == status


def test_a_moderator_of_the_topic_reads_it(
    removal: ModerationAction, topic: Topic, other_reader: User, client_of: ClientOf
) -> None:
    Moderator.objects.create(person=other_reader, topic=topic)
    assert "This is the page that Ines Okafor sees." in page_of(removal, client_of(other_reader))


def test_whoever_is_signed_out_signs_in_first(removal: ModerationAction) -> None:
    address = reverse("statement", args=[removal.pk])
    assert Client().get(address).url == f"{reverse('account_login')}?next={address}"


def test_a_decision_in_somebodys_favour_has_no_statement(
    say: Say, moderator: User, client_of: ClientOf
) -> None:
    comment = say("Hm.")
    decisions.remove(comment, by=moderator, reason="other")
    restored = decisions.restore(comment, by=moderator)
    assert restored
    assert client_of(moderator).get(reverse("statement", args=[restored.pk])).status_code == 404


@pytest.mark.parametrize("verb", ["remove", "erase"])
def test_the_author_is_led_to_it_from_the_place_of_the_comment(
    verb: str, say: Say, reader: User, other_reader: User, moderator: User, client_of: ClientOf
) -> None:
    comment = say("Gone.")
    action = getattr(decisions, verb)(comment, by=moderator, reason="spam")
    link = reverse("reasons", args=[comment.pk])
    assert link in client_of(reader).get(comment.get_absolute_url()).content.decode()
    assert client_of(reader).get(link).url == reverse("statement", args=[action.pk])
    others = (Client(), client_of(other_reader))
    assert not any(
        link in client.get(comment.get_absolute_url()).content.decode() for client in others
    )
    assert [client.get(link).status_code for client in others] == [302, 404]


def test_the_placeholder_in_the_discussion_leads_its_author_on(
    removal: ModerationAction, reader: User, client_of: ClientOf
) -> None:
    said = reverse("reasons", args=[removal.comment_id])
    assert said in client_of(reader).get("/articles/high-tide/").content.decode()
    assert said not in Client().get("/articles/high-tide/").content.decode()


def test_a_person_finds_all_decisions_about_them(
    removal: ModerationAction,
    suspension: ModerationAction,
    reader: User,
    other_reader: User,
    client_of: ClientOf,
) -> None:
    page = client_of(reader).get(reverse("statements")).content.decode()
    assert page.index("You are suspended") < page.index("Your comment was removed")
    assert "None. Nobody" in client_of(other_reader).get(reverse("statements")).content.decode()


def test_the_list_goes_on_by_cursor_and_costs_the_same(
    say: Say,
    reader: User,
    moderator: User,
    client_of: ClientOf,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    monkeypatch.setattr(statements, "STATEMENTS_PER_PAGE", 2)
    actions = [decisions.remove(say(f"{n}"), by=moderator, reason="other") for n in range(3)]
    client = client_of(reader)
    with django_assert_max_num_queries(4):
        page = client.get(reverse("statements")).content.decode()
    assert f"?after={actions[1].pk}" in page
    rest = client.get(reverse("statements"), {"after": actions[1].pk}).content.decode()
    assert reverse("statement", args=[actions[0].pk]) in rest
    assert "Show older ones" not in rest


def test_an_objection_is_sent_once(
    removal: ModerationAction, reader: User, client_of: ClientOf
) -> None:
    client = client_of(reader)
    object_to(removal, client, "It was a joke among friends.", 302)
    page = object_to(removal, client, "And again.", 409)
    assert "Nothing was sent" in page
    assert "And again." in page
    assert [objection.words for objection in Objection.objects.all()] == [
        "It was a joke among friends."
    ]


def test_an_empty_objection_is_not_sent(
    removal: ModerationAction, reader: User, client_of: ClientOf
) -> None:
    assert "Enter why the decision is wrong." in object_to(removal, client_of(reader), " ", 422)


def test_one_that_is_too_long_comes_back_whole(
    removal: ModerationAction, reader: User, client_of: ClientOf
) -> None:
    words = "x" * 2001
    page = object_to(removal, client_of(reader), words, 422)
    assert "Your text has 2001 characters. Shorten it: the limit is 2000." in page
    assert words in page


def test_a_line_break_is_one_character(
    removal: ModerationAction, reader: User, client_of: ClientOf
) -> None:
    object_to(removal, client_of(reader), "x\r\n" * 999 + "x", 302)


def test_nobody_objects_for_somebody_else(
    removal: ModerationAction, moderator: User, client_of: ClientOf
) -> None:
    object_to(removal, client_of(moderator), "Not mine.", 403)


def test_somebody_suspended_can_object(
    suspension: ModerationAction, reader: User, client_of: ClientOf
) -> None:
    object_to(suspension, client_of(reader), "It was not me.", 302)
    assert "It is waiting for a moderator." in page_of(suspension, client_of(reader))


def test_after_six_months_it_is_too_late(removal: ModerationAction, reader: User) -> None:
    removal.created_at = timezone.now() - timedelta(days=183)
    assert removal.open_to_objection_by(reader)
    removal.created_at = timezone.now() - timedelta(days=185)
    assert not removal.open_to_objection_by(reader)


def test_what_was_taken_back_needs_no_objection(
    removal: ModerationAction, reader: User, moderator: User, client_of: ClientOf
) -> None:
    assert removal.comment
    decisions.restore(removal.comment, by=moderator)
    page = page_of(removal, client_of(reader))
    assert "This decision was reversed." in page
    assert "Send the objection" not in page
