"""Codes as people type them, and proofs that many spend at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import call_command
from django.db import connection

from accounts.models import Proof, User
from accounts.proofs import digits_in

ADDRESS = "ines@example.com"
NEW = "a lantern on the pier"


@pytest.mark.django_db(transaction=True)
def test_of_many_that_spend_a_proof_at_once_one_succeeds(reader: User) -> None:
    proof = Proof.objects.make("login", ADDRESS, person=reader)

    def spend(_number: int) -> bool:
        try:
            return Proof.objects.get(pk=proof.pk).spend(person=reader)
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as crowd:
        assert sum(crowd.map(spend, range(16))) == 1


@pytest.mark.parametrize(
    "typed", ["１２３４５６", "١٢٣٤٥٦", "१२३ ४५६", "123-456", " 123456 ", "๑๒๓๔๕๖"]
)
def test_digits_of_any_script_are_digits(typed: str) -> None:
    assert digits_in(typed) == "123456"


def test_the_command_that_changes_a_password_ends_open_proofs(
    reader: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    proof = Proof.objects.make("reset", ADDRESS, person=reader)
    monkeypatch.setattr("getpass.getpass", lambda **_prompt: NEW)
    call_command("changepassword", ADDRESS)
    proof.refresh_from_db()
    assert proof.ended_at
