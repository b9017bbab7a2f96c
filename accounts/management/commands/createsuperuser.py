from typing import Any

from django.contrib.auth.management.commands import createsuperuser
from django.core.management.base import CommandError
from django.db import DatabaseError, IntegrityError

TAKEN = "Somebody has this address or this name already, or a name that looks like it. Choose another one."


class Command(createsuperuser.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        """Answer in one line where Django's command would show a traceback."""
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
