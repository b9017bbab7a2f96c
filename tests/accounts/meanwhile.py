"""A change of a person by somebody else, between the reading and the writing of a request."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.models.signals import pre_save

from accounts.models import User


@contextmanager
def meanwhile(person: User, **changes: Any) -> Iterator[None]:
    """Change the row of the person just before the block saves it for the first time."""

    def change(sender: type[User], **_: Any) -> None:
        pre_save.disconnect(change, sender=User)
        User.objects.filter(pk=person.pk).update(**changes)

    pre_save.connect(change, sender=User)
    try:
        yield
    finally:
        assert not pre_save.disconnect(change, sender=User), "Nothing was saved."
