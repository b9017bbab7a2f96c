"""Keep at least one active administrator, whichever way the rows of people are changed."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

# An administrator has both.
ADMINISTRATOR = {"is_superuser": True, "is_active": True}


class LastAdministrator(ValidationError):
    """The change would leave the site without an active administrator."""

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
