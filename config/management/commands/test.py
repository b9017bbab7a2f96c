import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand

from config.static import collect_changed

# Only these variables reach the tests: the others are settings of somebody's own site. Python may
# write bytecode: every process of a test would compile all of Django else.
KEPT = re.compile(
    r"CI|HOME|LANG|LC_.*|PATH|PYTEST_.*|PYTHON(?!DONTWRITEBYTECODE).*|TERM|TMPDIR|TZ|COLUMNS"
    r"|FORCE_COLOR|TEST_DATABASE_URL"
)
# A test that does not depend on the database runs once. Browsers and processes have a run of their
# own, because they wait more than they work; tests without a database run beside SQLite.
FOR_SQLITE = ["-m", "not process and not browser"]
IN_A_BROWSER = ["-m", "browser or process"]
FOR_POSTGRESQL = ["-m", "database and not process and not browser"]
QUICKLY = ["-p", "tests.quick", "-n", "2"]
RUNS = {
    "SQLite": FOR_SQLITE,
    "In a browser and in processes": IN_A_BROWSER,
    "PostgreSQL": FOR_POSTGRESQL,
}
ONE_RUN = {"SQLite": list[str]()}
NO_POSTGRESQL = "No PostgreSQL on this machine: apt install postgresql"
NO_TESTS_COLLECTED = 5
PAUSE = 0.1  # seconds between two looks at the output
PATIENCE = 10  # seconds that tests have for stopping what they started
COUNT = re.compile(r"(\d+) (passed|failed|error|skipped|xfailed|xpassed)")


class Command(BaseCommand):
    help = (
        "Runs all tests, on SQLite and on PostgreSQL at once; --quick: for less than a minute "
        "those "
        "of what is being worked on, on SQLite alone. Other arguments go on to pytest."
    )

    def run_from_argv(self, argv: list[str]) -> None:
        if not find_spec("pytest"):
            raise ImproperlyConfigured(
                "The packages for tests are missing: run uv sync --group test."
            )
        from drills.processes import adopt_orphans

        # Asked to stop, it stops first the tests, and the servers that they and it have started.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        adopt_orphans()
        try:
            arguments = [word for word in argv[2:] if word != "--quick"]
            is_quick = "--quick" in argv
            sys.exit(self.run_quick(arguments) if is_quick else self.run(arguments))
        except KeyboardInterrupt:
            sys.exit(130)

    def run(self, arguments: list[str]) -> int:
        collect_changed()
        with ExitStack() as opened:
            folder = opened.enter_context(folder_of_runs())
            database = self.postgresql(opened)
            runs: list[Run] = []
            opened.callback(end, runs)
            for name, marks in (RUNS if database else ONE_RUN).items():
                environment = database if name == "PostgreSQL" else {}
                runs.append(Run(name, folder, [*marks, *arguments], **environment))
            for run in runs:
                self.stdout.write(f"\n{run.database}\n")
                self.stdout.flush()
                run.show()
            self.stdout.write(f"\n{summary(runs)}")
            return worst(runs)

    def run_quick(self, arguments: list[str]) -> int:
        from tests.quick import chosen

        collect_changed()
        files = chosen()
        self.stdout.write("\n".join(files))
        with folder_of_runs() as folder:
            run = Run("Quick", folder, [*FOR_SQLITE, *QUICKLY, *arguments, *files])
            try:
                run.show()
            finally:
                end([run])
            return worst([run])

    def postgresql(self, opened: ExitStack) -> dict[str, str]:
        from tests.migrated import postgresql_migrated
        from tests.postgres import NoPostgreSQL

        try:
            return opened.enter_context(postgresql_migrated())
        except NoPostgreSQL:
            if os.environ.get("CI") == "true":
                raise ImproperlyConfigured(NO_POSTGRESQL) from None
            self.stdout.write(NO_POSTGRESQL)
            return {}


@contextmanager
def folder_of_runs() -> Iterator[Path]:
    """A folder for what the runs write. Before it goes, every process that they left is ended."""
    from drills.processes import end_descendants

    with TemporaryDirectory(prefix="parley-tests-") as folder:
        try:
            yield Path(folder)
        finally:
            end_descendants(but=set())


class Run:
    """One run of pytest: a process that is already running, and the file with its output."""

    def __init__(
        self, database: str, folder: Path, arguments: list[str], **environment: str
    ) -> None:
        self.database = database
        self.said = folder / f"{database}.txt"
        kept = {name: value for name, value in os.environ.items() if KEPT.fullmatch(name)}
        data = folder / database
        # Compressed once for all runs, which takes as long as many tests.
        shutil.copytree(settings.STATIC_ROOT, data / Path(settings.STATIC_ROOT).name)
        with self.said.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "pytest", *arguments],
                cwd=settings.BASE_DIR,
                env=kept | {"DATA_DIR": str(data)} | environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                # Ctrl-C reaches it once, by way of `end`.
                start_new_session=True,
            )

    def show(self) -> None:
        """Print the output so far, and then follow it until the run ends."""
        with self.said.open("rb") as file:
            running = True
            while running:
                running = self.process.poll() is None
                sys.stdout.buffer.write(file.read())
                sys.stdout.buffer.flush()
                time.sleep(PAUSE if running else 0)

    def counts(self) -> Counter[str]:
        lines = self.said.read_text(errors="replace").strip().splitlines()
        return Counter(
            {word: int(number) for number, word in COUNT.findall(lines[-1] if lines else "")}
        )


def end(runs: list[Run]) -> None:
    """Let fixtures stop what they have started. What is left then is ended with the folder."""
    for run in runs:
        run.process.send_signal(signal.SIGINT)
    deadline = time.monotonic() + PATIENCE
    for run in runs:
        with suppress(subprocess.TimeoutExpired):
            run.process.wait(max(0, deadline - time.monotonic()))


def summary(runs: list[Run]) -> str:
    counts = sum((run.counts() for run in runs), Counter())
    said = [f"{counts['passed']} passed", f"{counts['failed'] + counts['error']} failed"]
    return ", ".join([*said, *([f"{counts['skipped']} skipped"] if counts["skipped"] else [])])


def worst(runs: list[Run]) -> int:
    """Return the worst exit status. A run without a test (one of a browser was named) counts as
    none.
    """
    statuses = {run.process.returncode for run in runs}
    if statuses == {NO_TESTS_COLLECTED}:
        return NO_TESTS_COLLECTED
    # Negative: ended by a signal.
    return max(abs(int(status)) for status in statuses - {NO_TESTS_COLLECTED})
