from typing import Any

from django.contrib.auth.management.commands import changepassword
from django.core.management.base import CommandError
from django.db import DatabaseError


class Command(changepassword.Command):
    def handle(self, *args: Any, **options: Any) -> str:
        """Answer in one line where Django's command would show a traceback."""
        try:
            return str(super().handle(*args, **options))
        except DatabaseError as error:
            raise CommandError(
                f"The database cannot be used ({error}). Run manage.py migrate first."
            ) from error
        except EOFError as error:
            raise CommandError("The input ended before a password was given.") from error
