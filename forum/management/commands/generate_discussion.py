import time
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from articles.models import Article
from forum.maintenance.generation import Outline, generate
from forum.maintenance.generation.people import MOST_PEOPLE
from forum.maintenance.progress import ProgressBar
from forum.posting.refusals import DiscussionClosed

MOST_COMMENTS = 100_000_000


class Command(BaseCommand):
    help = "Fills an article's discussion with generated comments, for testing and measuring."

    def add_arguments(self, parser: ArgumentParser) -> None:
        usual = Outline(comments=0)
        parser.add_argument("slug", metavar="SLUG")
        parser.add_argument("--comments", type=_number(MOST_COMMENTS), required=True, metavar="N")
        parser.add_argument(
            "--depth",
            type=_number(MOST_COMMENTS),
            default=usual.levels,
            metavar="D",
            help=(
                "levels of replies (1: no replies); the first thread has all of them (default: "
                "%(default)s)"
            ),
        )
        parser.add_argument(
            "--threads",
            type=_number(MOST_COMMENTS),
            metavar="T",
            help="default: as many as come about",
        )
        parser.add_argument(
            "--people", type=_number(MOST_PEOPLE), default=usual.people, metavar="P"
        )
        parser.add_argument(
            "--seed",
            type=int,
            default=usual.seed,
            metavar="S",
            help="another seed gives another discussion",
        )

    def handle(self, *, slug: str, **options: Any) -> None:
        article = Article.objects.at(slug).first()
        if article is None:
            raise CommandError(f"There is no article at /articles/{slug}/.")
        outline = Outline(
            comments=options["comments"],
            levels=options["depth"],
            threads=options["threads"],
            people=options["people"],
            seed=options["seed"],
        )
        self.stdout.write(self._fill(article, outline))

    def _fill(self, article: Article, outline: Outline) -> str:
        began = time.monotonic()
        bar = ProgressBar(outline.comments, "comments")
        try:
            generate(article, outline, progress=bar)
        except DiscussionClosed:
            raise CommandError("The discussion of this article is closed: open it first.") from None
        finally:
            bar.close()
        seconds = time.monotonic() - began
        return (
            f"{outline.comments:,} comments in {seconds:.1f} s, "
            f"{outline.comments / seconds:,.0f} a second:"
            f" {settings.SITE_URL}{article.get_absolute_url()}"
        )


def _number(most: int) -> Any:
    def number(text: str) -> int:
        if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= most:
            raise ArgumentTypeError(f"a whole number from 1 to {most:,} is needed, not {text!r}")
        return int(text)

    return number
