"""Every change of a person's name, activity or role purges the cached pages."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from pagecache import versions

pytestmark = pytest.mark.django_db(transaction=True)  # versions are written when a transaction ends


def renamed(person: User) -> None:
    person.username = "Ines Marlow"
    person.save()


def by_the_admin(person: User) -> None:
    client = Client()
    client.force_login(
        User.objects.create_superuser(email="a@example.com", username="Administrator")
    )
    url = f"/admin/accounts/user/{person.pk}/change/"
    said = client.post(url, {"email": person.email, "username": "Ines Marlow", "is_active": "on"})
    assert said.status_code == 302


CHANGES: dict[str, Callable[[User], object]] = {
    "renamed": renamed,
    "renamed in the admin": by_the_admin,
    "deactivated": lambda person: User.objects.filter(pk=person.pk).update(is_active=False),
    "deleted": lambda person: person.delete(),
    "deleted with others": lambda person: User.objects.filter(pk=person.pk).delete(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_that_readers_see_purges_every_page(
    change: Callable[[User], object], reader: User
) -> None:
    begun = versions.current()
    change(reader)
    known = versions.of(4711)
    assert known is not None
    assert known.purged > (begun or 0)


def test_what_nobody_sees_purges_nothing(reader: User) -> None:
    begun = versions.current()
    reader.set_password("another harbour wall")
    reader.save()
    reader.save(update_fields=["last_login"])
    User.objects.update(email="other@example.com")
    assert versions.current() == begun
