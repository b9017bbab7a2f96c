from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from articles.importing import Manuscript, ManuscriptError, read
from articles.models import Article
from forum.maintenance.samples import load_marked
from transfer.import_article import import_manuscripts

# The newest comment of the sample is as old as this when it is loaded.
NEWEST_COMMENT = timedelta(hours=2)


class Command(BaseCommand):
    help = "Loads the sample articles where there is no article yet."

    def handle(self, *args: Any, **options: Any) -> None:
        if Article.objects.exists():
            self.stdout.write("There are articles already: the sample was not loaded.")
            return
        try:
            articles = load_marked(lambda: import_manuscripts(_sample()))
        except ManuscriptError as error:
            raise CommandError(f"The sample was not loaded. {error}") from error
        self.stdout.write(f"Loaded {len(articles)} sample articles.")


def _sample() -> list[Manuscript]:
    """Written in the past, and read as if it had been written in the weeks before today."""
    files = sorted((settings.BASE_DIR / "samples").glob("*.md"))
    manuscripts = [read(file.read_bytes()) for file in files]
    age = timezone.now() - NEWEST_COMMENT - max(_times(manuscripts))
    return [manuscript.moved(age) for manuscript in manuscripts]


def _times(manuscripts: list[Manuscript]) -> list[datetime]:
    return [
        each.written_at
        for manuscript in manuscripts
        for each in manuscript.comments
        if each.written_at
    ]
