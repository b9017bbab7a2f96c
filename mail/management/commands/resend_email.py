from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from mail.delivery import send_again
from mail.models import UndeliveredEmail


class Command(BaseCommand):
    help = (
        "Sends undelivered emails again: those to these addresses, or all that failed for the "
        "whole site."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("recipients", nargs="*", metavar="ADDRESS")
        parser.add_argument(
            "--list", action="store_true", help="lists all undelivered emails, and sends none"
        )

    def handle(self, *, recipients: list[str], list: bool, **options: Any) -> None:
        if list:
            self.list_all()
            return
        emails = UndeliveredEmail.objects.failing()
        if recipients:
            emails = UndeliveredEmail.objects.filter(recipient__in=recipients)
        for email in emails:
            send_again(email)
            self.stdout.write(f"sent again: {email.recipient}")

    def list_all(self) -> None:
        for email in UndeliveredEmail.objects.all():
            failed_at = f"{email.last_failed_at:%Y-%m-%d %H:%M}"
            self.stdout.write(f"{failed_at}  {email.recipient}  {email.answer}")
