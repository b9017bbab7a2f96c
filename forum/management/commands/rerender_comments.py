from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from forum.maintenance.rerendering import BATCH, changes, save


class Command(BaseCommand):
    help = (
        "Renders stored comments again after the rules for their HTML have changed."
        " Shows each comment whose visible text changes."
        " Can be stopped at any time; --after continues behind a comment."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only show what would change")
        parser.add_argument(
            "--after", type=int, default=0, metavar="ID", help="begin behind this comment"
        )
        parser.add_argument(
            "--batch", type=int, default=BATCH, metavar="N", help="comments in one transaction"
        )

    def handle(self, *, dry_run: bool, after: int, batch: int, **options: Any) -> None:
        looked_at = changed = 0
        while batch_of_changes := changes(after=after, size=batch):
            after = batch_of_changes.last
            looked_at += batch_of_changes.looked_at
            changed += len(batch_of_changes.changes)
            for change in batch_of_changes.changes:
                if change.before != change.after:
                    self.stdout.write(
                        f"comment {change.comment.pk}\n  - {change.before}\n  + {change.after}"
                    )
            if not dry_run:
                save(batch_of_changes.changes)
                self.stderr.write(
                    f"{looked_at} comments, up to {after}; stopped here, continue with --after "
                    f"{after}"
                )
        done = "would change" if dry_run else "rendered anew"
        self.stdout.write(f"{looked_at} comments looked at, {changed} {done}.")
