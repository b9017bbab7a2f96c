from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from mail.models import Suppression
from text.email_addresses import NotAnAddress, canonical_address


class Command(BaseCommand):
    help = (
        "Stops notifications to these addresses, because emails to them came back. Without an "
        "address, lists where they are stopped."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("addresses", nargs="*", metavar="ADDRESS")
        parser.add_argument(
            "--complaint", action="store_true", help="their owners reported an email as spam"
        )
        parser.add_argument("--undo", action="store_true", help="sends notifications there again")

    def handle(self, *, addresses: list[str], complaint: bool, undo: bool, **options: Any) -> None:
        emails = [_canonical(address) for address in addresses]
        if undo:
            Suppression.objects.filter(email__in=emails).delete()
        else:
            causes = Suppression.Cause
            cause = causes.COMPLAINT if complaint else causes.REFUSED
            Suppression.objects.stop(emails, cause=cause)
        if not emails:
            for row in Suppression.objects.all():
                self.stdout.write(f"{row.created_at:%Y-%m-%d}  {row.email}  {row.cause}")


def _canonical(address: str) -> str:
    try:
        return canonical_address(address)
    except NotAnAddress as refused:
        raise CommandError(f"{address!r}: {refused.message}") from None
