from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from articles.manuscript import ManuscriptError, read
from forum.manuscript_import import import_manuscripts


class Command(BaseCommand):
    help = "Publishes an article with its questions and its discussion; docs/publishing.md describes the files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        for file in options["files"]:
            self.stdout.write(_import(file))


def _import(file: Path) -> str:
    """The address of the article."""
    try:
        [article] = import_manuscripts([read(file.read_bytes())])
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
    except ManuscriptError as error:
        raise CommandError(f"{file} is not an article. {error}") from error
    return f"{settings.SITE_URL}{article.get_absolute_url()}"
