"""Run the benchmarks from end to end on a small discussion; docs/performance.md has the figures."""

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.figure import Figure
from drills.outcome import Outcome

ROOT = Path(__file__).resolve().parent.parent
GROUPS = ["bytes", "posts", "votes"]
QUICK = ["--quick", "--database", "sqlite", "--sizes", "100"]
NOTES = ["count exact, 0 refused", "0 lost, 0 doubled, 0 refused"]
GOAL = "figures of bytes, posts and votes, with nothing lost, doubled or refused"
PATIENCE = 600  # seconds


def quick_look() -> Outcome:
    only = [word for group in GROUPS for word in ("--only", group)]
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    with TemporaryDirectory(prefix="parley-drill-") as folder:
        command = [sys.executable, "-m", "benchmarks", *QUICK, *only, "--results", folder]
        subprocess.run(command, cwd=ROOT, env=environment, check=True, timeout=PATIENCE)
        rows = json.loads(Path(folder, "results.json").read_text())
    figures = [Figure(**row) for row in rows]
    notes = " ".join(figure.note for figure in figures)
    is_met = sorted({figure.group for figure in figures}) == GROUPS
    return Outcome(f"{len(figures)} figures", is_met and all(note in notes for note in NOTES))
