"""The last active administrator stays."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client

from accounts.administrators import LastAdministrator
from accounts.models import User
from config.serve.administrator import first_administrator
from tests.conftest import PASSWORD, person


def save(**fields: bool) -> Callable[[User], object]:
    def saved(user: User) -> None:
        for name, value in fields.items():
            setattr(user, name, value)
        user.save()

    return saved


ENDINGS: dict[str, Callable[[User], object]] = {
    "the right is taken": save(is_superuser=False),
    "switched off": save(is_active=False),
    "both": save(is_superuser=False, is_active=False),
    "deleted": lambda user: user.delete(),
    "by update": lambda user: User.objects.filter(pk=user.pk).update(is_superuser=False),
    "everybody by update": lambda user: User.objects.update(is_active=False),
    "by bulk_update": lambda user: User.objects.bulk_update(
        [User(pk=user.pk, is_active=False)], ["is_active"]
    ),
    "everybody deleted": lambda user: User.objects.all().delete(),
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_last_one_stays(ending: str, moderator: User, reader: User) -> None:
    person("Switched Off", is_staff=True, is_superuser=True, is_active=False)
    with pytest.raises(LastAdministrator), transaction.atomic():
        ENDINGS[ending](User.objects.get(pk=moderator.pk))
    assert list(User.objects.administrators()) == [moderator]


@pytest.mark.parametrize("ending", [name for name in ENDINGS if "everybody" not in name])
def test_one_of_two_may_go(ending: str, moderator: User) -> None:
    other = person("Bram Oduya", is_staff=True, is_superuser=True)
    ENDINGS[ending](User.objects.get(pk=moderator.pk))
    assert list(User.objects.administrators()) == [other]


def test_other_columns_of_the_last_one_change(moderator: User) -> None:
    save(is_staff=True)(moderator)
    User.objects.update(is_staff=True)
    assert User.objects.administrators().exists()


@pytest.mark.parametrize(
    "unchecked",
    [{"is_superuser"}, {"is_active"}, {"is_active", "is_superuser", "is_staff"}],
    ids=lambda unchecked: " ".join(sorted(unchecked)),
)
def test_the_form_says_so(
    unchecked: set[str], moderator: User, client_of: Callable[[User], Client]
) -> None:
    boxes = dict.fromkeys({"is_active", "is_staff", "is_superuser"} - unchecked, "on")
    fields = {"username": moderator.username, "email": moderator.email, **boxes}
    page = client_of(moderator).post(f"/admin/accounts/user/{moderator.pk}/change/", fields)
    assert page.status_code == 200
    assert "last active administrator" in page.content.decode()
    assert User.objects.administrators().exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_the_right_from_each_other_one_keeps_it() -> None:
    people = [person(f"{name} Chief", is_staff=True, is_superuser=True) for name in ("Ada", "Bo")]
    ready = Barrier(2)

    def give_up(number: int) -> bool:
        user = User.objects.get(pk=people[number].pk)
        ready.wait()
        try:
            save(is_superuser=False)(user)
        except LastAdministrator:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(give_up, range(2))) == [False, True]
    assert User.objects.administrators().count() == 1


# --- The start ---


def test_a_start_makes_nobody_where_there_is_one(moderator: User) -> None:
    assert first_administrator() is None


@pytest.mark.parametrize(
    "there",
    [
        [],
        [("admin@localhost", "Somebody")],
        [("ines@example.com", "Administrator")],
        [("ines@example.com", "adm1n1strator")],
        [("admin@localhost", "Administrator"), ("admin2@localhost", "Administrator 2")],
    ],
)
def test_a_start_makes_one_beside_whoever_has_the_name_or_the_address(
    there: list[tuple[str, str]], db: None
) -> None:
    for email, name in there:
        User.objects.create_superuser(
            email=email, username=name, password=PASSWORD, is_active=False
        )
    made = first_administrator()
    assert made
    administrator = User.objects.administrators().get()
    assert (administrator.email, administrator.check_password(made.password)) == (made.email, True)
    assert first_administrator() is None


def test_an_address_that_somebody_else_has_proven_is_not_taken(reader: User) -> None:
    reader.emailaddress_set.create(email="admin@localhost", verified=True)
    made = first_administrator()
    assert made
    assert made.email == "admin2@localhost"


# --- Commands ---


@pytest.mark.parametrize(
    ("email", "name"),
    [
        ("b@example.org", "chef_muller"),
        ("b@example.org", "Chef Müller"),
        ("CHEF@Example.org", "Somebody Else"),
        ("chef@example.org", "Somebody Else"),
        ("b@example.org", "x"),
        ("b@example.org", "\u202eabc"),
        ("b@example.org", "\0"),
        ("no address", "Somebody Else"),
        ("", "Somebody Else"),
    ],
)
def test_createsuperuser_says_in_one_line_what_is_wrong(email: str, name: str, db: None) -> None:
    User.objects.create_user(email="chef@example.org", username="Chef Müller")
    with pytest.raises(CommandError) as refused:
        call_command("createsuperuser", interactive=False, email=email, username=name)
    assert str(refused.value).strip().count("\n") == 0


@pytest.mark.parametrize("password", ["aaaaaaaaaaaaaaaa", "Mina Prosser 2026", "admin"])
def test_createsuperuser_takes_no_weak_password_out_of_the_environment(
    password: str, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", password)
    with pytest.raises(CommandError, match="DJANGO_SUPERUSER_PASSWORD: This password"):
        call_command(
            "createsuperuser", interactive=False, email="m@example.org", username="Mina Prosser"
        )
    assert not User.objects.exists()


def test_changepassword_finds_an_address_whatever_its_capitals(
    reader: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("getpass.getpass", lambda prompt: "seven grey herons wade")
    call_command("changepassword", reader.email.upper())
    reader.refresh_from_db()
    assert reader.check_password("seven grey herons wade")


@pytest.mark.parametrize("typed", ["", EOFError()])
def test_changepassword_answers_in_one_line(
    typed: object, reader: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask(prompt: str) -> str:
        if isinstance(typed, Exception):
            raise typed
        return str(typed)

    monkeypatch.setattr("getpass.getpass", ask)
    with pytest.raises(CommandError):
        call_command("changepassword", reader.email)
    with pytest.raises(CommandError, match="does not exist"):
        call_command("changepassword", "nobody@example.org")
