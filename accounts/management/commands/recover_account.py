from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.formats import date_format
from django.utils.timezone import localtime

from accounts.models import Recovery, User


class Command(BaseCommand):
    help = (
        "Let somebody in again who lost the mailbox or the second step: announced by email to the "
        "address of the account, done two days later, ended by any sign-in of its owner."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", help="the address of the account")
        parser.add_argument("--email", default="", help="the new address, if the mailbox is lost")
        parser.add_argument(
            "--remove-second-step",
            action="store_true",
            help="remove app, passkeys and recovery codes, if they are lost",
        )
        parser.add_argument("--reason", required=True, help="how you know that it is them")
        parser.add_argument("--withdraw", action="store_true", help="end the one that waits")

    def handle(self, *args: Any, **options: Any) -> None:
        person = User.objects.with_email(options["address"])
        if person is None:
            raise CommandError("No account has this address.")
        if options["withdraw"]:
            ended = Recovery.objects.filter(person=person).end("withdrawn")
            self.stdout.write("It is withdrawn." if ended else "None is waiting.")
            return
        try:
            recovery = Recovery.objects.announce(
                person,
                reason=options["reason"],
                new_email=options["email"],
                removes_factors=options["remove_second_step"],
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        when = date_format(localtime(recovery.due_at), "DATETIME_FORMAT")
        self.stdout.write(f"Announced to {person.email}. It is done on {when}.")
