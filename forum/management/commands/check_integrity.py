import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from forum.log.models.action import ModerationAction
from forum.maintenance.integrity import check, size
from forum.maintenance.progress import ProgressBar


class Command(BaseCommand):
    help = (
        "Recomputes every stored count, path and reference, the rendered HTML and the chain of"
        " the log, and prints a line for each that has drifted. Exits with 1 if one"
        " has; with --repair, if one could not be repaired."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--repair", action="store_true", help="repairs what has drifted, except the log"
        )
        parser.add_argument(
            "--seal",
            metavar="SEAL",
            help="a seal of the log noted earlier, which must still be there",
        )

    def handle(self, *, repair: bool, seal: str | None, **options: Any) -> None:
        began = time.monotonic()
        found, left = self._check(repair)
        lost = seal is not None and not ModerationAction.objects.filter(seal=seal).exists()
        if lost:
            self.stdout.write(f"log: no line has the seal {seal}")
        self.stdout.write(_summary(found, left, repair, time.monotonic() - began))
        latest = ModerationAction.objects.first()
        if latest:
            self.stdout.write(f"The log ends with line {latest.pk}, whose seal is {latest.seal}.")
        if left or lost:
            raise SystemExit(1)

    def _check(self, repair: bool) -> tuple[int, int]:
        """How many have drifted, and how many still do."""
        found = left = 0
        bar = ProgressBar(size(), "keys")
        for mismatch in check(repair=repair, progress=bar):
            is_mended = repair and mismatch.repair is not None
            found, left = found + 1, left + (not is_mended)
            self.stdout.write(f"{mismatch}{' (mended)' if is_mended else ''}")
        bar.close()
        return found, left


def _summary(found: int, left: int, repair: bool, seconds: float) -> str:
    if not found:
        return f"Nothing has drifted. ({seconds:.1f} s)"
    mended = f", {found - left:,} mended, {left:,} not" if repair else ""
    return f"{found:,} drifted{mended}. ({seconds:.1f} s)"
