"""Every door keeps the account of somebody who asked to delete it, and none once that began."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.test import Client
from django.utils import timezone

from accounts.models import User
from articles.models import Article
from forum.models import Comment
from privacy.models import Deletion
from privacy.models.deletion import GRACE
from privacy.requests import request_deletion
from tests.accounts.doors import WALKS, Visit, Walk
from tests.accounts.elsewhere import Provider
from tests.accounts.factors import Passkey, passkey_login, set_up
from tests.accounts.test_doors import ASKED
from tests.mail import Outbox


@pytest.fixture
def leaver(
    client: Client, reader: User, article: Article, outbox: Outbox, provider: Provider
) -> Visit:
    """The reader comes back an hour before their account is deleted."""
    User.objects.filter(pk=reader.pk).update(date_joined=timezone.now() - timedelta(days=30))
    request_deletion(reader, keeps_comments=True)
    soon = timezone.now() + timedelta(hours=1)
    Deletion.objects.update(requested_at=soon - GRACE, due_at=soon, next_step_at=soon)
    outbox()
    return Visit(client, reader, outbox, provider)


@pytest.mark.parametrize("factor", ["none", "app code"])
@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.__name__)
def test_a_door_keeps_the_account_after_the_last_factor(
    walk: Walk, factor: str, leaver: Visit
) -> None:
    answer = set_up(leaver.person, factor)
    walk(leaver)
    if answer:
        assert Deletion.objects.exists(), "the first factor alone keeps nothing"
        leaver.post(ASKED, **answer(leaver.client))
    assert get_user(leaver.client) == leaver.person
    assert not Deletion.objects.exists()


def test_a_passkey_alone_keeps_the_account(leaver: Visit) -> None:
    passkey_login(leaver.client, Passkey(leaver.person))
    assert not Deletion.objects.exists()


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.__name__)
def test_no_door_opens_once_the_deletion_began(walk: Walk, leaver: Visit) -> None:
    Deletion.objects.update(began_at=timezone.now())
    User.objects.filter(pk=leaver.person.pk).update(is_active=False)
    with suppress(AssertionError, IndexError, AttributeError):  # no email comes, or no next step
        walk(leaver)
    assert not get_user(leaver.client).is_authenticated
    assert Deletion.objects.exists()
    assert not Comment.objects.exists()
