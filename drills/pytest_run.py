import os
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from drills.outcome import Outcome
from tests.postgres import postgresql

ROOT = Path(__file__).resolve().parent.parent
COUNT = re.compile(r"(\d+) (passed|failed|error|skipped)")


def run_tests(*arguments: str, **environment: str) -> Outcome:
    """Run tests by pytest; a test that is skipped misses the goal, as one that fails does."""
    with TemporaryDirectory(prefix="parley-drill-") as folder:
        process = subprocess.run(
            [sys.executable, "-m", "pytest", *arguments],
            cwd=ROOT,
            env=os.environ | {"DATA_DIR": folder, "PARLEY_DRILL": "1"} | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    last_line = (process.stdout.strip().splitlines() or [""])[-1]
    counts = {word: int(number) for number, word in COUNT.findall(last_line)}
    is_met = process.returncode == 0 and set(counts) == {"passed"}
    if not is_met:
        sys.stderr.write(process.stdout)
    return Outcome(", ".join(f"{number} {word}" for word, number in counts.items()), is_met)


def run_on_both(*arguments: str) -> Outcome:
    """Run tests on SQLite and on PostgreSQL, one after the other."""
    sqlite = run_tests(*arguments)
    with postgresql() as url:
        on_postgresql = run_tests(*arguments, DATABASE_URL=url)
    figure = f"SQLite: {sqlite.figure}; PostgreSQL: {on_postgresql.figure}"
    return Outcome(figure, sqlite.is_met and on_postgresql.is_met)
