from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.core.management.base import BaseCommand, CommandError

from mail.build import as_content
from mail.trial import StepFailed, Trial
from publication.current import current
from text.email_addresses import NotAnAddress, canonical_address


class Command(BaseCommand):
    help = "Sends one email through the configured server and reports each step."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("address")

    def handle(self, *, address: str, **options: Any) -> None:
        try:
            recipient = canonical_address(address)
        except NotAnAddress as refused:
            raise CommandError(f"{address!r}: {refused.message}") from None
        backend = get_connection(settings.MAIL_TRANSPORT)
        message = self.message(recipient, backend)
        if not isinstance(backend, EmailBackend):
            message.send()
            self.stdout.write(
                f"EMAIL_URL is not set: the email is a file in {settings.OUTBOX_DIR}."
            )
            return
        try:
            for line in Trial(backend, message).run():
                self.stdout.write(line)
        except StepFailed as failed:
            raise CommandError(str(failed)) from None

    def message(self, recipient: str, backend: Any) -> EmailMessage:
        subject = f"Test email from {current().name}"
        body = f"{settings.SITE_URL} can send email to this address.\n"
        content = as_content(EmailMessage(subject, body, to=[recipient]))
        return EmailMultiAlternatives(**content, connection=backend)
