"""An invitation makes one account with one role, once."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.invitations import LIFETIME, invite
from accounts.models import Proof, User
from accounts.terms import TermsAcceptance
from articles.rights import may_edit_all, may_write
from forum.people.models.moderator import Moderator
from publication.current import changed
from publication.models import PageVersion, Publication

ADDRESS = "vera@example.com"


@pytest.fixture
def administrator(client_of: Callable[[User], Client], moderator: User) -> Client:
    return client_of(moderator)


def link_to(role: str, by: User) -> str:
    return f"/invitations/{invite(by=by, email=ADDRESS, role=role).proof.token}/"


def test_an_invited_writer_has_an_account_and_the_desk_by_one_form(administrator: Client) -> None:
    form = {"email": ADDRESS, "role": "writer", "topic": ""}
    assert administrator.post("/desk/site/invitations/", form).status_code == 302
    assert ADDRESS in administrator.get("/desk/site/invitations/").content.decode()
    link = f"/invitations/{Proof.objects.get().token}/"
    browser = Client()
    assert browser.get(link).status_code == 200
    assert browser.post(link, {"username": ""}).status_code == 422
    answer = browser.post(link, {"username": "Vera Lund"})
    assert answer["Location"] == "/desk/"
    assert browser.get("/desk/").status_code == 200
    vera = User.objects.get(email=ADDRESS)
    assert may_write(vera)
    assert not may_edit_all(vera)
    assert Client().post(link, {"username": "Another Vera"}).status_code == 404


def test_somebody_with_an_account_gets_the_role(reader: User, moderator: User) -> None:
    proof = invite(by=moderator, email=reader.email, role="moderator").proof
    assert Client().post(f"/invitations/{proof.token}/").status_code == 302
    assert Moderator.objects.get().person == reader


def test_a_link_opens_nothing_once_withdrawn_replaced_over_or_without_its_sender(
    administrator: Client, moderator: User
) -> None:
    links = [link_to("writer", moderator)]
    links.append(link_to("editor", moderator))  # replaces the first
    proof = Proof.objects.open().get()
    administrator.post("/desk/site/invitations/", {"again": str(proof.pk)})
    proof = Proof.objects.open().get()
    links.append(f"/invitations/{proof.token}/")
    administrator.post("/desk/site/invitations/", {"withdraw": str(proof.pk)})
    assert [Client().get(link).status_code for link in links] == [404] * 3
    late = link_to("writer", moderator)
    Proof.objects.open().update(created_at=timezone.now() - LIFETIME)
    assert Client().get(late).status_code == 404
    other = User.objects.create_superuser(email="root@example.com", username="Root Two")
    left = link_to("editor", other)
    User.objects.filter(pk=other.pk).update(is_superuser=False)
    assert Client().get(left).status_code == 404


def test_a_role_is_bound_to_the_link(moderator: User) -> None:
    link = link_to("reader", moderator)
    Proof.objects.update(subject=f"editor::{moderator.pk}")
    assert Client().get(link).status_code == 404


def test_only_administrators_invite(client_of: Callable[[User], Client], reader: User) -> None:
    assert client_of(reader).get("/desk/site/invitations/").status_code == 403


def test_accepted_terms_are_recorded_with_their_version(
    moderator: User, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        Publication(pk=1, asks_terms=True).save()
        PageVersion(name="terms", number=3, text="Be kind.", html="").save()
        changed()
    link = link_to("reader", moderator)
    assert Client().post(link, {"username": "Vera Lund"}).status_code == 422
    accepted = {"username": "Vera Lund", "accepts_terms": "on"}
    assert Client().post(link, accepted).status_code == 302
    assert TermsAcceptance.objects.get().version == 3
    form = {"email": "x@example.com", "username": "Xenia Moor"}
    assert b"accepts_terms" in Client().post("/accounts/signup/", form).content
