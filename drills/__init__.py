"""Long proofs that the suite leaves out: `python3 manage.py drill`."""

from collections.abc import Callable
from dataclasses import dataclass

from drills import axe, browsers, crash
from drills.outcome import Outcome


@dataclass(frozen=True)
class Drill:
    name: str
    about: str
    goal: str
    run: Callable[[], Outcome]


DRILLS = [
    Drill(
        "crash-sqlite",
        "Kill the site with SIGKILL while 8 people write, on SQLite",
        crash.GOAL,
        crash.on_sqlite,
    ),
    Drill(
        "crash-postgresql",
        "Kill the site with SIGKILL while 8 people write, on PostgreSQL",
        crash.GOAL,
        crash.on_postgresql,
    ),
    Drill(
        "crash-of-postgresql",
        "Kill PostgreSQL itself with SIGKILL while 8 people write",
        crash.GOAL,
        crash.of_postgresql,
    ),
    Drill(
        "axe",
        "Check every page with axe at 360 and 1280 pixels, light and dark",
        axe.GOAL,
        axe.every_screen,
    ),
    Drill(
        "browsers",
        "Walk through the site in Firefox, WebKit and lynx",
        browsers.GOAL,
        browsers.every_walk,
    ),
]
