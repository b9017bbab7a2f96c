"""The header leads moderators to their queue and shows how much waits there."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from articles.models import Article, Topic
from forum.models import Case, Comment, ModerationAction, Moderator, Objection, Sanction
from forum.moderation.header import waiting_for_person
from forum.moderation.sanctions import impose
from mail.models import UndeliveredEmail

pytestmark = pytest.mark.django_db

ClientOf = Callable[[User], Client]
Waits = Callable[..., Case]


def page(client: Client, path: str = "/") -> str:
    return client.get(path).content.decode()


def header_in(html: str) -> str:
    return html.partition('<header class="bar">')[2].partition("</header>")[0]


def waiting_in(html: str) -> list[str]:
    return re.findall(r"data-waiting>([^<]*)<", header_in(html))


def test_a_count_of_zero_is_not_shown(
    client_of: Callable[[User], Client], moderator: User, waits: Waits
) -> None:
    assert "<span hidden><b data-waiting>0<" in header_in(page(client_of(moderator)))
    waits("Look at this.")
    assert "<span><b data-waiting>1<" in header_in(page(client_of(moderator)))


def tabs_in(html: str) -> list[tuple[str, str, str]]:
    """The address of each tab, how it is marked, and what it says."""
    row = html.partition('<nav class="tabs"')[2].partition("</nav>")[0]
    links = re.findall(r'<a href="([^"]*)"([^>]*)>(.*?)</a>', row, re.DOTALL)
    return [(address, mark, re.sub("<[^>]*>", "", words)) for address, mark, words in links]


def fail_an_email() -> None:
    UndeliveredEmail.objects.create(
        message_id="<1@example.com>", content={}, answer="", recipient="a@example.com"
    )


def make_administrator(person: User, topic: Topic) -> None:
    User.objects.filter(pk=person.pk).update(is_staff=True, is_superuser=True)


def permit(person: User, topic: Topic) -> None:
    User.objects.filter(pk=person.pk).update(is_staff=True)
    person.user_permissions.add(Permission.objects.get(codename="change_comment"))


def permit_by_group(person: User, topic: Topic) -> None:
    User.objects.filter(pk=person.pk).update(is_staff=True)
    group = Group.objects.create(name="Moderators")
    group.permissions.add(Permission.objects.get(codename="change_comment"))
    person.groups.add(group)


def name_for_topic(person: User, topic: Topic) -> None:
    Moderator.objects.create(person=person, topic=topic)


def name_for_site(person: User, topic: Topic) -> None:
    Moderator.objects.create(person=person)


WAYS = [make_administrator, permit, permit_by_group, name_for_topic, name_for_site]


@pytest.mark.parametrize("become", WAYS)
def test_moderators_see_their_queue_whatever_way_they_became_one(
    become: Callable[[User, Topic], None],
    other_reader: User,
    topic: Topic,
    waits: Waits,
    client_of: ClientOf,
) -> None:
    waits("One."), waits("Two.")
    become(other_reader, topic)
    html = page(client_of(other_reader))
    assert waiting_in(html) == ["2"]
    assert 'href="/moderation/"' in header_in(html)
    assert "You moderate" in page(client_of(other_reader), "/accounts/")


def test_readers_see_none_and_cost_no_query(
    reader: User,
    waits: Waits,
    client_of: ClientOf,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    waits("One.")
    assert waiting_in(page(client_of(reader))) == waiting_in(page(Client())) == []
    with django_assert_num_queries(0):
        assert waiting_for_person(reader) is None


@pytest.mark.parametrize("become", WAYS)
def test_the_count_is_one_query(
    become: Callable[[User, Topic], None],
    other_reader: User,
    topic: Topic,
    waits: Waits,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    waits("One.")
    become(other_reader, topic)
    person = User.objects.get(pk=other_reader.pk)
    with django_assert_num_queries(1):
        assert str(waiting_for_person(person)) == "1"


def test_the_header_of_an_administrator_costs_one_query(desk: Client, waits: Waits) -> None:
    waits("One.")
    fail_an_email()
    with CaptureQueriesContext(connection) as queries:
        html = page(desk, "/help/")
    assert waiting_in(html) == ["1"]
    assert "1 email not sent" in header_in(html)
    assert len(queries) <= 3  # the session, the person, and what waits


def test_emails_that_failed_are_told_to_administrators_alone(
    other_reader: User, topic: Topic, client_of: ClientOf
) -> None:
    fail_an_email()
    permit(other_reader, topic)
    assert "not sent" not in header_in(page(client_of(other_reader)))


def test_objections_count_as_well(
    removal: ModerationAction, reader: User, moderator: User, waits: Waits, client_of: ClientOf
) -> None:
    waits("One.")
    Objection.objects.open(removal, by=reader, words="It was meant kindly.")
    html = page(client_of(moderator), "/moderation/")
    assert waiting_in(html) == ["2"]
    assert [words for _, _, words in tabs_in(html)][:2] == [
        "Queue 1 waiting",
        "Objections 1 waiting",
    ]


def test_whoever_moderates_a_topic_counts_what_is_under_it(
    other_reader: User,
    waits: Waits,
    removal: ModerationAction,
    reader: User,
    suspension: ModerationAction,
) -> None:
    waits("One.", by=other_reader)
    Objection.objects.open(removal, by=reader, words="It was meant kindly.")
    Objection.objects.open(suspension, by=reader, words="It was meant kindly.")
    Moderator.objects.create(
        person=other_reader, topic=Topic.objects.create(name="Harbours", slug="harbours")
    )
    other_reader.refresh_from_db()
    assert str(waiting_for_person(other_reader)) == "0"
    Moderator.objects.create(person=other_reader, topic=Topic.objects.get(slug="tides"))
    assert (
        str(waiting_for_person(other_reader)) == "2"
    )  # the right to write is for those of the whole site


def test_moderators_who_may_not_write_moderate_nothing(
    other_reader: User, moderator: User, topic: Topic
) -> None:
    Moderator.objects.create(person=other_reader, topic=topic)
    until = timezone.now() + timedelta(days=1)
    impose(
        Sanction(person=other_reader, kind="suspension", until=until, reason="spam"), by=moderator
    )
    other_reader.refresh_from_db()
    assert waiting_for_person(other_reader) is None


def test_a_moderator_of_before_sees_none(other_reader: User, topic: Topic) -> None:
    Moderator.objects.create(person=other_reader, topic=topic).delete()
    other_reader.refresh_from_db()
    assert waiting_for_person(other_reader) is None


def test_more_than_a_hundred_are_not_counted(
    say: Callable[..., Comment], moderator: User, topic: Topic
) -> None:
    comments = [say(f"Number {number}.") for number in range(101)]
    Case.objects.bulk_create(
        Case(comment=each, topic=topic, cause="flags", severity=1) for each in comments
    )
    assert str(waiting_for_person(moderator)) == "100+"


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/moderation/", "Queue"),
        ("/moderation/objections/", "Objections"),
        ("/moderation/people/", "People"),
        ("/moderation/people/Ines%20Okafor/", "People"),
        ("/moderation/log/", "Log"),
        ("/moderation/report/", "Statistics"),
    ],
)
def test_one_row_of_tabs_leads_through_all_pages(
    path: str, current: str, desk: Client, reader: User
) -> None:
    tabs = tabs_in(page(desk, path))
    assert [address for address, _, _ in tabs] == [
        "/moderation/",
        "/moderation/objections/",
        "/moderation/people/",
        "/moderation/log/",
        "/moderation/report/",
        "/admin/forum/rule/",
        "/admin/forum/flagreason/",
    ]
    (marked,) = [words for _, mark, words in tabs if "aria-current" in mark]
    assert marked.startswith(current)


def test_the_public_log_shows_readers_no_tabs(reader: User, client_of: ClientOf) -> None:
    for client in (Client(), client_of(reader)):
        assert tabs_in(page(client, "/moderation/log/")) == []


def test_editors_find_the_questions_of_readers(
    other_reader: User, article: Article, client_of: ClientOf, say: Callable[..., Comment]
) -> None:
    User.objects.filter(pk=other_reader.pk).update(is_staff=True)
    other_reader.user_permissions.add(Permission.objects.get(codename="change_article"))
    comment = say("Is it the moon?")
    Comment.objects.filter(pk=comment.pk).update(kind="question")
    assert 'href="/desk/"' in header_in(page(client_of(other_reader)))
    tabs = tabs_in(page(client_of(other_reader), "/desk/questions/"))
    assert [words for _, _, words in tabs] == ["Articles", "Questions 1 open", "Corrections"]


def test_people_are_found_by_the_beginning_of_their_names(
    desk: Client, reader: User, other_reader: User
) -> None:
    html = page(desk, "/moderation/people/?q=INE")
    assert "Ines Okafor" in html
    assert "Tomas Reyle" not in html


def test_people_who_cannot_write_are_listed(desk: Client, suspension: ModerationAction) -> None:
    assert "Ines Okafor" in page(desk, "/moderation/people/").partition("Currently blocked")[2]
