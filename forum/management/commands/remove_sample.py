from typing import Any

from django.core.management.base import BaseCommand

from forum.maintenance.samples import remove_sample


class Command(BaseCommand):
    help = (
        "Removes the sample articles, their discussions and people, as if they had never been "
        "loaded."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        removed = remove_sample()
        self.stdout.write(
            f"Removed {removed.articles} sample articles and {removed.people} people."
        )
        for article in removed.kept:
            self.stdout.write(f"“{article}” stays as a draft, because somebody commented on it.")
