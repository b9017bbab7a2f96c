import http.client
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import BaseCommand

from accounts.models import User
from articles.models import Article
from config.serve import local_defaults
from config.serve.address import Address
from config.serve.administrator import first_administrator
from config.serve.checks import refuse_unless_reachable, refuse_unless_safe
from config.serve.supervisor import Supervisor
from config.static import collect_changed

MANAGE = str(settings.BASE_DIR / "manage.py")


class Command(BaseCommand):
    help = (
        "Serves the site until Ctrl-C, with all it needs: database, sample content, static "
        "files, task worker."
    )
    requires_system_checks: list[str] = []  # migrate runs them

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--bind", default="127.0.0.1:8000", metavar="HOST:PORT", help="default: %(default)s"
        )
        parser.add_argument(
            "--workers", type=int, default=1, help="processes that answer requests (default: 1)"
        )

    def handle(self, *, bind: str, workers: int, **options: Any) -> None:
        address = Address.parse(bind)
        local_defaults.apply(address)
        refuse_unless_safe()
        if settings.DEBUG and not address.is_loopback:
            raise ImproperlyConfigured(
                f"DEBUG is true: it shows secrets to everybody who can reach {address}."
            )
        address = address.claim()
        refuse_unless_reachable()
        self.prepare()
        self.serve(address, max(workers, 1))

    def prepare(self) -> None:
        """Migrate, load samples, collect static files and make an administrator, where missing."""
        call_command("migrate", verbosity=0, interactive=False)
        if not Article.objects.exists() and not User.objects.exists():
            call_command("load_sample", verbosity=0)
        collect_changed()
        if administrator := first_administrator():
            self.stdout.write("The first administrator, shown this once:")
            self.stdout.write(
                f"  address   {administrator.email}\n  password  {administrator.password}"
            )
            self.stdout.flush()  # said before anybody can sign in with it

    def serve(self, address: Address, workers: int) -> None:
        supervisor = Supervisor()
        try:
            server = supervisor.start(
                sys.executable, "-m", "config.serve.server", str(address), str(workers)
            )
            supervisor.start(
                sys.executable, MANAGE, "db_worker", "--no-startup-delay", "--verbosity=0"
            )
            if supervisor.wait_for(server, lambda: answers(address.nearby)):
                self.announce()
                supervisor.keep_alive()
        finally:
            supervisor.stop()
        if not supervisor.stopping:
            raise ImproperlyConfigured("The server ended before it could answer.")

    def announce(self) -> None:
        if settings.MAIL_TRANSPORT == "mail.backends.FileBackend":
            self.stdout.write(f"Emails are written to {settings.OUTBOX_DIR}")
        self.stdout.write(f"Ready at {settings.SITE_URL}/ (Ctrl-C stops it)")
        self.stdout.flush()


def answers(address: Address) -> bool:
    connection = http.client.HTTPConnection(address.host, address.port, timeout=2)
    try:
        connection.request("GET", "/healthz", headers={"Host": settings.SITE_HOST})
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
