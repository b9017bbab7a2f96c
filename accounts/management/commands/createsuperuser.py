import os
from typing import Any

from django.contrib.auth.management.commands import createsuperuser
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.db import DatabaseError, IntegrityError

from accounts.models import User

PASSWORD = "DJANGO_SUPERUSER_PASSWORD"  # noqa: S105 - the name of a variable
TAKEN = "This address or name is taken, or the name looks like a taken one. Choose another one."


class Command(createsuperuser.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        """Answer in one line where Django's command would show a traceback."""
        if not options["interactive"]:
            _refuse_weak_password(options)
        try:
            super().handle(*args, **options)
        except IntegrityError as error:
            raise CommandError(TAKEN) from error
        except DatabaseError as error:
            raise CommandError(
                f"The database cannot be used ({error}). Run manage.py migrate first."
            ) from error
        except EOFError as error:
            raise CommandError("The input ended before everything was given.") from error


def _refuse_weak_password(options: dict[str, Any]) -> None:
    """Judge the password of the environment, which Django's command takes as it is."""
    password = os.environ.get(PASSWORD)
    if not password:
        return
    person = User(email=options["email"] or "", username=options["username"] or "")
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise CommandError(f"{PASSWORD}: {' '.join(error.messages)}") from None
