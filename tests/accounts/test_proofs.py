"""A proof opens what it was made for: not for another purpose,
address, subject, state or browser, and once.
"""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import get_user
from django.db import connection
from django.test import Client

from accounts.models import Proof, User
from accounts.proofs import Purpose
from articles.models import Article
from forum.models import Comment
from tests.conftest import OUR_PAGE, PASSWORD
from tests.mail import Outbox, code_in, link_in

ADDRESS = "ines@example.com"
NEW = "a lantern on the pier"
LINK = "/accounts/password/reset/key/"


# --- The ways in which each proof begins: each returns the page on which its code is typed ---


def begin_login(browser: Client) -> str:
    return str(browser.post("/accounts/login/code/", {"email": ADDRESS}).url)


def begin_reset(browser: Client) -> str:
    return str(browser.post("/accounts/password/reset/", {"email": ADDRESS}).url)


def begin_signup(browser: Client) -> str:
    return str(
        browser.post("/accounts/signup/", {"email": ADDRESS, "username": "Somebody New"}).url
    )


def begin_draft(browser: Client) -> str:
    fields = {"body": "My harbour is up a river.", "email": ADDRESS}
    return str(browser.post("/articles/high-tide/comments/", fields, **OUR_PAGE).url)


def begin_email(browser: Client) -> str:
    _sign_in(browser)
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return str(
        browser.post("/accounts/email/", {"action_add": "1", "email": "new@example.com"}).url
    )


def begin_reauthenticate(browser: Client) -> str:
    _sign_in(browser)
    return str(browser.post("/accounts/reauthenticate/", {"send": "1"}).url)


BEGIN: dict[str, Callable[[Client], str]] = {
    "login": begin_login,
    "reset": begin_reset,
    "signup": begin_signup,
    "draft": begin_draft,
    "email": begin_email,
    "reauthenticate": begin_reauthenticate,
}
BY_LINK_ALONE = {"restore", "invitation"}


def _sign_in(browser: Client) -> None:
    browser.force_login(
        User.objects.get(), backend="allauth.account.auth_backends.AuthenticationBackend"
    )


@pytest.fixture(autouse=True)
def one_account(article: Article, reader: User) -> None:
    User.objects.exclude(pk=reader.pk).update(email="author@example.com")
    article.author = reader
    article.save()
    User.objects.exclude(pk=reader.pk).delete()


def begun(purpose: str, outbox: Outbox) -> tuple[Client, str, Any]:
    browser, before = Client(), len(outbox())
    page = BEGIN[purpose](browser)
    return browser, page, outbox()[before:][-1]


def test_every_kind_of_proof_is_tried_here() -> None:
    assert {*BEGIN, *BY_LINK_ALONE} == set(Purpose.values)


@pytest.mark.parametrize("purpose", BEGIN)
def test_a_code_opens_what_it_was_made_for_once(purpose: str, outbox: Outbox) -> None:
    browser, page, mail = begun(purpose, outbox)
    assert browser.post(page, {"code": code_in(mail)}).status_code == 302
    if purpose == "reset":
        browser.post("/accounts/password/reset/complete/", {"skip": "1"})
    assert Proof.objects.filter(purpose=purpose).latest("created_at").ended_at
    browser.logout()
    browser.post(page, {"code": code_in(mail)})
    assert not get_user(browser).is_authenticated


@pytest.mark.parametrize("asked", BEGIN)
@pytest.mark.parametrize("mailed", BEGIN)
def test_no_code_opens_what_another_was_asked_for(
    mailed: str, asked: str, reader: User, outbox: Outbox
) -> None:
    code = Proof.objects.make(mailed, ADDRESS, person=reader).code
    browser, page, _mail = begun(asked, outbox)
    assert browser.post(page, {"code": code}).status_code == 422
    assert not Proof.objects.latest("created_at").proven_at
    assert User.objects.get().email == ADDRESS
    assert not Comment.objects.exists()


@pytest.mark.parametrize("purpose", BEGIN)
def test_no_code_works_in_a_browser_that_did_not_ask(purpose: str, outbox: Outbox) -> None:
    _browser, page, mail = begun(purpose, outbox)
    stranger = Client()
    stranger.post(page, {"code": code_in(mail)})
    assert not get_user(stranger).is_authenticated
    assert not Proof.objects.latest("created_at").proven_at


# --- Links ---


def opens_by_link(token: str, draft: str) -> set[str]:
    uid, _dash, key = token.partition("-")
    browser = Client()
    opened = {"entrance"} if browser.get(f"{LINK}{uid}-{key}/").status_code == 302 else set()
    opened |= {"draft"} if browser.get(f"{draft}?link={token}").status_code == 200 else set()
    restoring = browser.get(f"/accounts/email/restore/{token}/", follow=True)
    return opened | ({"restore"} if b"restore my address" in restoring.content else set())


@pytest.mark.parametrize("purpose", Purpose.values)
def test_a_link_opens_its_own_place_alone(purpose: str, reader: User) -> None:
    draft_page = begin_draft(Client()).split("?")[0]
    if purpose == "draft":
        proof = Proof.objects.get(purpose="draft")
    else:
        proof = Proof.objects.make(purpose, ADDRESS, person=reader)
    entrances = {"login": {"entrance"}, "reset": {"entrance"}, "signup": {"entrance"}}
    places = entrances | {
        "draft": {"draft"},
        "restore": {"restore"},
        "email": set(),
        "reauthenticate": set(),
        "invitation": set(),  # its own page: tests/desk/test_invitations.py
    }
    assert opens_by_link(proof.token, draft_page) == places[purpose]
    assert opens_by_link(f"{proof.token[:-1]}x", draft_page) == set()
    assert opens_by_link(f"{uuid.uuid4().hex}-{proof.token.partition('-')[2]}", draft_page) == set()


@pytest.mark.parametrize("purpose", ["login", "reset", "signup"])
@pytest.mark.parametrize("end", [{"password1": NEW}, {"skip": "1"}])
def test_the_link_spends_the_code_of_the_same_email(
    purpose: str, end: dict[str, str], outbox: Outbox
) -> None:
    browser, page, mail = begun(purpose, outbox)
    phone = Client()
    phone.get(link_in(mail, LINK))
    assert phone.post(LINK, end).status_code == 302
    assert browser.post(page, {"code": code_in(mail)}).status_code == 422
    assert not get_user(browser).is_authenticated


@pytest.mark.parametrize("purpose", ["login", "reset", "signup"])
def test_the_code_spends_the_link_of_the_same_email(purpose: str, outbox: Outbox) -> None:
    browser, page, mail = begun(purpose, outbox)
    browser.post(page, {"code": code_in(mail)})
    if purpose == "reset":
        browser.post("/accounts/password/reset/complete/", {"password1": NEW})
    assert b"This link has been used" in Client().get(link_in(mail, LINK)).content


# --- State ---


def set_password(person: User) -> None:
    person.set_password(NEW)
    person.save()


def change_address(person: User) -> None:
    person.email = "elsewhere@example.com"
    person.save()


def change_address_and_back(person: User) -> None:
    change_address(person)
    person.email = ADDRESS
    person.save()


def deactivate_and_activate(person: User) -> None:
    for is_active in (False, True):
        person.is_active = is_active
        person.save(update_fields=["is_active"])


def deactivate_and_activate_in_bulk(person: User) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)
    User.objects.filter(pk=person.pk).update(is_active=True)


def deactivate_by_another_object(person: User) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)


def write_password_without_the_model(person: User) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_user SET password = 'x' WHERE id = %s", [person.pk])


def delete(person: User) -> None:
    Article.objects.all().delete()
    person.delete()


CHANGES = [
    set_password,
    change_address,
    change_address_and_back,
    deactivate_and_activate,
    deactivate_and_activate_in_bulk,
    deactivate_by_another_object,
    write_password_without_the_model,
    delete,
]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("purpose", sorted({*Purpose.values} - BY_LINK_ALONE))
def test_no_proof_outlives_the_state_it_was_made_in(
    purpose: str, change: Callable[[User], None], reader: User
) -> None:
    proof = Proof.objects.make(purpose, ADDRESS, person=reader)
    number = reader.pk
    change(reader)
    assert not proof.spend(person=User.objects.filter(pk=number).first())


def test_what_leaves_the_state_alone_ends_no_proof(reader: User) -> None:
    proof = Proof.objects.make("login", ADDRESS, person=reader)
    reader.username = "Ines O."
    reader.save()
    assert proof.spend(person=User.objects.get())


@pytest.mark.parametrize("field", ["email", "purpose", "subject", "state", "secret"])
def test_code_and_link_are_sealed_over_all_they_are_for(field: str, reader: User) -> None:
    proof = Proof.objects.make("login", ADDRESS, person=reader)
    code, token = proof.code, proof.token
    setattr(proof, field, "other")
    assert (proof.code, proof.token) != (code, token)
    assert proof.token != token
    assert proof.code != code


def test_nothing_that_is_stored_gives_the_code_away(outbox: Outbox) -> None:
    *_browser, mail = begun("login", outbox)
    stored = str(list(Proof.objects.values()))
    assert code_in(mail) not in stored
    assert Proof.objects.get().token.partition("-")[2] not in stored


def test_a_code_in_fullwidth_digits_signs_in(outbox: Outbox) -> None:
    browser, page, mail = begun("login", outbox)
    wide = code_in(mail).translate(
        {ord("0") + number: chr(0xFF10 + number) for number in range(10)}
    )
    assert browser.post(page, {"code": wide}).status_code == 302
