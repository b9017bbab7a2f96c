"""At least one active administrator stays, whoever changes the rows of people and however."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

# An administrator has both.
ADMINISTRATOR = {"is_superuser": True, "is_active": True}


class LastAdministrator(ValidationError):
    """Nobody else could run the site."""

    def __init__(self) -> None:
        super().__init__(
            _("This is the last active administrator. Make another person an administrator first."),
            "last_administrator",
        )


@contextmanager
def an_administrator_stays() -> Iterator[None]:
    """Raise LastAdministrator, and undo what was done, where nobody would be left.

    Two who take the right from each other at once wait here: the second finds who is left then.
    """
    administrators = get_user_model().objects.filter(**ADMINISTRATOR).order_by("pk")
    with transaction.atomic():
        before = list(administrators.select_for_update(no_key=True).values_list("pk"))
        yield
        if before and not administrators.exists():
            raise LastAdministrator
