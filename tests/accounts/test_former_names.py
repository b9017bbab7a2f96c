"""A former name leads to the person who had it, and nobody else can take it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from time_machine import TimeMachineFixture

from accounts.former_names import RESERVED_FOR, digest
from accounts.models import FormerName, User
from accounts.names import skeleton
from accounts.rename import rename
from forum.discussion.rendering.body import render_body
from forum.maintenance.deletion import erase_person
from forum.models import Comment
from tests.forum.people.test_profile import kept_in, upload

OLD, NEW = "Ines Okafor", "Ines Marlow"
OLD_PAGE, NEW_PAGE = "/people/Ines%20Okafor/", "/people/Ines%20Marlow/"
EDIT = "/accounts/profile/"


@pytest.fixture
def renamed(reader: User) -> User:
    rename(reader, NEW)
    reader.refresh_from_db()
    return reader


def take(name: str) -> User:
    with transaction.atomic():
        return User.objects.create_user(email="other@example.com", username=name)


def test_the_old_page_leads_to_the_new_one_but_not_for_ever(renamed: User) -> None:
    answer = Client().get(f"{OLD_PAGE}?after=1_2")
    assert (answer.status_code, answer.url) == (302, f"{NEW_PAGE}?after=1_2")


def test_every_former_name_leads_to_the_present_one(renamed: User) -> None:
    rename(renamed, "Ines Third")
    answers = [Client().get(page).url for page in (OLD_PAGE, NEW_PAGE)]
    assert answers == ["/people/Ines%20Third/"] * 2


def test_a_name_that_was_taken_back_has_its_page_again(renamed: User) -> None:
    rename(renamed, OLD)
    assert Client().get(OLD_PAGE).status_code == 200
    assert Client().get(NEW_PAGE).url == OLD_PAGE


def test_another_spelling_leads_to_the_name_as_it_is_written(reader: User) -> None:
    assert Client().get("/people/ines_okafor/").url == OLD_PAGE


def test_the_former_name_of_a_deactivated_person_leads_nowhere(renamed: User) -> None:
    User.objects.filter(pk=renamed.pk).update(is_active=False)
    assert Client().get(OLD_PAGE).status_code == 404


@pytest.mark.parametrize("name", [OLD, "lnes 0kafor", "ines_okafor"])
def test_nobody_else_can_take_a_former_name(name: str, renamed: User, other_reader: User) -> None:
    assert User.objects.has_name_like(name)
    assert not User.objects.has_name_like(name, but=renamed.pk)
    with pytest.raises(IntegrityError):
        take(name)
    with pytest.raises(IntegrityError), transaction.atomic():
        rename(other_reader, name)
    other_reader.username = name
    with pytest.raises(ValidationError, match="is taken"):
        other_reader.clean()


def test_a_person_can_take_their_former_name_back(renamed: User) -> None:
    rename(renamed, OLD)
    assert User.objects.get(pk=renamed.pk).username == OLD


def test_another_spelling_of_ones_own_name_is_no_former_name(reader: User) -> None:
    rename(reader, "ines okafor")
    assert not FormerName.objects.exists()


def test_a_name_changed_by_the_admin_is_kept_as_well(reader: User) -> None:
    reader.username = NEW
    reader.save()
    assert FormerName.objects.get().name == OLD


@pytest.mark.parametrize("delete", [erase_person, lambda person: person.delete()])
def test_after_an_account_its_names_are_reserved_for_a_year_without_saying_whose(
    delete: Callable[[User], object], renamed: User, time_machine: TimeMachineFixture
) -> None:
    delete(User.objects.get(pk=renamed.pk))
    rows = FormerName.objects.all()
    assert [(row.name, row.person) for row in rows] == [("", None)] * 2
    assert {row.skeleton for row in rows} == {digest(skeleton(name)) for name in (OLD, NEW)}
    assert Client().get(OLD_PAGE).status_code == 404
    for name in (OLD, NEW):
        with pytest.raises(IntegrityError):
            take(name)
    time_machine.move_to(timezone.now() + RESERVED_FOR + timedelta(minutes=1))
    assert take(OLD).username == OLD


def test_people_deleted_together_leave_their_names_reserved(
    reader: User, other_reader: User
) -> None:
    User.objects.filter(pk__in=[reader.pk, other_reader.pk]).delete()
    assert FormerName.objects.filter(person=None).count() == 2
    assert User.objects.has_name_like("Tomas Reyle")


def test_a_name_that_was_reserved_twice_waits_from_the_later_end(
    reader: User, time_machine: TimeMachineFixture
) -> None:
    reader.delete()
    time_machine.move_to(timezone.now() + RESERVED_FOR + timedelta(minutes=1))
    take(OLD).delete()
    assert FormerName.objects.held(skeleton(OLD)).exists()


def test_what_is_no_longer_reserved_is_forgotten(
    renamed: User, other_reader: User, time_machine: TimeMachineFixture
) -> None:
    other_reader.delete()
    FormerName.objects.expire()
    assert FormerName.objects.count() == 2
    time_machine.move_to(timezone.now() + RESERVED_FOR + timedelta(minutes=1))
    FormerName.objects.expire()
    assert FormerName.objects.get().person == renamed


def test_the_database_keeps_no_name_without_its_person(renamed: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        FormerName.objects.update(person=None)


def test_a_mention_of_a_former_name_leads_to_the_person(
    renamed: User, say: Callable[..., Comment], other_reader: User
) -> None:
    comment = say(f"Thanks, @{OLD}!", by=other_reader)
    assert f'href="{NEW_PAGE}"' in comment.shown_html
    assert f"@{OLD}</a>" in comment.shown_html


def test_a_mention_of_a_former_name_costs_no_statement_more(
    renamed: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        assert f'<data value="{renamed.pk}">' in render_body(f"@{OLD}").html


def test_people_rename_themselves_on_their_profile(
    reader: User, client_of: Callable[[User], Client]
) -> None:
    answer = client_of(reader).post(EDIT, {"username": NEW})
    assert answer.status_code == 303
    assert Client().get(OLD_PAGE).url == NEW_PAGE


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "Enter a display name."),
        ("Tomas Reyle", "is taken"),
        ("Admin", "reserved"),
        ("x", "Use 2 to 40 characters"),
    ],
)
def test_a_name_that_is_not_allowed_comes_back_with_the_reason(
    name: str,
    words: str,
    reader: User,
    other_reader: User,
    client_of: Callable[[User], Client],
) -> None:
    answer = client_of(reader).post(EDIT, {"username": name, "about": "Walks."})
    assert answer.status_code == 422
    assert words in " ".join(answer.context["form"].errors["username"])
    assert "Walks.</textarea>" in answer.text


def test_a_name_is_changed_twice_in_thirty_days(
    reader: User, client_of: Callable[[User], Client], time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to("2026-11-30 12:00Z")
    mine = client_of(reader)
    said = [mine.post(EDIT, {"username": f"Ines {word}"}) for word in ("One", "Two", "Three")]
    assert [answer.status_code for answer in said] == [303, 303, 422]
    words = (
        "You have changed your name twice in 30 days. You can change it again on 30 December 2026."
    )
    assert said[2].context["form"].errors == {"username": [words]}
    time_machine.shift(timedelta(days=30, minutes=1))
    assert client_of(reader).post(EDIT, {"username": "Ines Three"}).status_code == 303


def test_a_picture_waits_for_a_name_that_can_be_taken(
    reader: User, client_of: Callable[[User], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the check and the row, somebody else takes the name."""
    take(NEW)
    monkeypatch.setattr("accounts.models.UserManager.has_name_like", lambda *_, **__: False)
    answer = client_of(reader).post(EDIT, {"username": NEW, "picture": upload()})
    assert answer.status_code == 422
    assert "is taken" in answer.text
    assert kept_in(answer.text)
    assert not hasattr(User.objects.get(pk=reader.pk), "picture")


def test_moderators_find_people_by_a_former_name(
    renamed: User, moderator: User, client_of: Callable[[User], Client]
) -> None:
    assert NEW in client_of(moderator).get("/moderation/people/?q=ines ok").text
