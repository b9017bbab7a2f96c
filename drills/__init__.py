"""Long proofs that the suite leaves out: `python3 manage.py drill`."""

from collections.abc import Callable
from dataclasses import dataclass

from drills import benchmarks, browsers, crash, followers, letters, whole
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
        "letters-sqlite",
        "Kill the worker while it emails people by a faulty mail server, on SQLite",
        letters.GOAL,
        letters.on_sqlite,
    ),
    Drill(
        "letters-postgresql",
        "Kill the worker while it emails people by a faulty mail server, on PostgreSQL",
        letters.GOAL,
        letters.on_postgresql,
    ),
    Drill(
        "followers",
        "Post and read while 10,000 followers of the discussion are told, on both databases",
        followers.GOAL,
        followers.on_both,
    ),
    Drill(
        "axe",
        "Check every page with axe at 320, 360 and 1280 pixels, light and dark",
        whole.GOAL,
        whole.every_screen,
    ),
    Drill(
        "hostile",
        "Send every hostile text to every field, parameter and path, on both databases",
        whole.GOAL,
        whole.every_hostile_text,
    ),
    Drill(
        "strangers",
        "Sign in as the owner after a thousand requests of strangers, on both databases",
        whole.GOAL,
        whole.a_thousand_strangers,
    ),
    Drill(
        "stopped-tests",
        "Stop `manage.py test` by SIGTERM and Ctrl-C while its tests run servers",
        whole.GOAL,
        whole.stopped_tests,
    ),
    Drill(
        "benchmarks",
        "Run the benchmarks of bytes, posts and votes on a small discussion",
        benchmarks.GOAL,
        benchmarks.quick_look,
    ),
    Drill(
        "browsers",
        "Walk through the site in Firefox, WebKit and lynx",
        browsers.GOAL,
        browsers.every_walk,
    ),
]
