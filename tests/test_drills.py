"""The frame of the drills: what it lists, what it prints, and how it ends."""

import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

import drills
from drills import Drill
from drills.outcome import Outcome
from tests.drilled import part

ROOT = Path(__file__).resolve().parent.parent
REAL = drills.DRILLS
SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


def drill(*names: str) -> str:
    said = StringIO()
    call_command("drill", *names, stdout=said)
    return said.getvalue()


def leave_a_process() -> Outcome:
    subprocess.Popen(SLEEP)
    return Outcome("1 started", is_met=True)


def break_down() -> Outcome:
    raise TimeoutError("no answer")


@pytest.fixture(autouse=True)
def table(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        Drill("good", "Lose nothing", "0 lost", lambda: Outcome("0 lost of 12", is_met=True)),
        Drill("bad", "Lose something", "0 lost", lambda: Outcome("3 lost of 12", is_met=False)),
        Drill("untidy", "Leave a process", "1 started", leave_a_process),
        Drill("broken", "Break", "an answer", break_down),
    ]
    monkeypatch.setattr(drills, "DRILLS", rows)


def test_without_a_name_they_are_listed_and_not_run() -> None:
    lines = drill().splitlines()
    assert [line.split()[0] for line in lines] == ["good", "bad", "untidy", "broken"]
    assert lines[0].endswith("Lose nothing. Goal: 0 lost")


def test_goal_figure_and_time_are_printed() -> None:
    assert "good: goal: 0 lost; figure: 0 lost of 12; 0 s; met" in drill("good")


@pytest.mark.parametrize(
    ("name", "figure"),
    [
        ("bad", "3 lost of 12"),
        ("untidy", "processes left running: 1"),
        ("broken", "TimeoutError('no answer')"),
    ],
)
def test_a_missed_goal_ends_non_zero_after_the_other_drills(
    name: str, figure: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="1"):
        call_command("drill", name, "good")
    said = capsys.readouterr().out
    assert figure in said
    assert said.count("MISSED") == 1
    assert "0 lost of 12" in said


def test_an_unknown_name_is_answered_with_the_known_ones_before_any_runs() -> None:
    with pytest.raises(CommandError, match=r"called godo\. There are: good, bad, untidy, broken"):
        drill("good", "godo")


def test_a_process_whose_parent_ended_is_ended_too() -> None:
    start = f"import subprocess; subprocess.Popen({SLEEP!r}, stdout=-3)"
    script = f"""
import subprocess, sys
from drills.processes import adopt_orphans, end_descendants
adopt_orphans()
subprocess.run([sys.executable, "-c", {start!r}], check=True)
print(end_descendants(but=set()))
"""
    answer = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert answer.stdout == "1\n"


def test_the_real_ones_have_names_of_their_own() -> None:
    names = [row.name for row in REAL]
    assert {"crash-sqlite", "crash-postgresql", "axe", "browsers", "hostile", "strangers"} <= {
        *names
    }
    assert len({*names}) == len(names)


def test_a_part_of_the_inputs_meets_every_input_in_time() -> None:
    inputs = list(range(20))
    parts = [part(inputs, one_in=8, first=first) for first in range(8)]
    assert sorted(each for taken in parts for each in taken) == inputs
