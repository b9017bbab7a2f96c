import signal
import sys
import time
import traceback
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError, CommandParser

if TYPE_CHECKING:
    from drills import Drill
    from drills.outcome import Outcome


class Command(BaseCommand):
    help = "Runs drills, the long proofs. Without a name, lists them."
    requires_system_checks = ()

    def run_from_argv(self, argv: list[str]) -> None:
        # Asked to stop, a drill stops first what it has started.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        super().run_from_argv(argv)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("names", nargs="*", metavar="NAME", help="a drill, or 'all'")

    def handle(self, *, names: list[str], **options: Any) -> None:
        if not find_spec("pytest"):
            raise ImproperlyConfigured(
                "The packages for tests are missing: run uv sync --group test."
            )
        from drills import DRILLS
        from drills.processes import adopt_orphans

        if not names:
            self.list(DRILLS)
            return
        wanted = chosen(names, DRILLS)
        adopt_orphans()
        missed = [drill for drill in wanted if not self.is_met(drill)]
        if missed:
            sys.exit(1)

    def list(self, drills: "list[Drill]") -> None:
        width = max(len(drill.name) for drill in drills)
        for drill in drills:
            self.stdout.write(f"{drill.name:{width}}  {drill.about}. Goal: {drill.goal}")

    def is_met(self, drill: "Drill") -> bool:
        """Run one drill, print its goal, figure and time, and return True if it met the goal."""
        from drills.processes import descendants, end_descendants

        self.stdout.write(f"{drill.name}: {drill.about} ...")
        self.stdout.flush()
        running, start = {*descendants()}, time.monotonic()
        try:
            outcome = outcome_of(drill)
        finally:
            left = end_descendants(but=running)
        figure, is_met = outcome.figure, outcome.is_met
        if left:
            figure, is_met = f"{figure}, processes left running: {left}", False
        seconds = time.monotonic() - start
        word = "met" if is_met else "MISSED"
        self.stdout.write(
            f"{drill.name}: goal: {drill.goal}; figure: {figure}; {seconds:.0f} s; {word}"
        )
        return is_met


def outcome_of(drill: "Drill") -> "Outcome":
    from drills.outcome import Outcome

    try:
        return drill.run()
    except Exception as error:  # noqa: BLE001  the next drill still runs
        traceback.print_exc()
        return Outcome(f"none, it broke: {error!r}", is_met=False)


def chosen(names: list[str], drills: "list[Drill]") -> "list[Drill]":
    by_name = {drill.name: drill for drill in drills}
    if names == ["all"]:
        return drills
    unknown = [name for name in names if name not in by_name]
    if unknown:
        raise CommandError(f"No drill is called {unknown[0]}. There are: {', '.join(by_name)}.")
    return [by_name[name] for name in names]
