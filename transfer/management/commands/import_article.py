from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from articles.importing import ManuscriptError, read
from transfer.import_article import import_manuscripts


class Command(BaseCommand):
    help = (
        "Publishes an article with its questions and its discussion; docs/publishing.md "
        "describes the files."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", type=Path)
        parser.add_argument(
            "--replace", action="store_true", help="change an article that is there already"
        )
        parser.add_argument(
            "--accounts",
            action="store_true",
            help="names in the files stand for the accounts that have them",
        )

    def handle(self, *args: Any, replace: bool, accounts: bool, **options: Any) -> None:
        for file in options["files"]:
            self.stdout.write(_import(file, replace=replace, accounts=accounts))


def _import(file: Path, **permitted: bool) -> str:
    """Import the file and return the address of its article."""
    try:
        [article] = import_manuscripts([read(file.read_bytes())], **permitted)
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
    except ManuscriptError as error:
        raise CommandError(f"{file} was not imported. {error}") from error
    return f"{settings.SITE_URL}{article.get_absolute_url()}"
