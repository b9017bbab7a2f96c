"""Inputs that have broken such systems; they lie beside the
project, and tests that need them skip without them.
"""

import json
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "corpora"


def cases(*names: str) -> list[Any]:
    """Return the inputs of these files as test cases; one that is skipped without the files."""
    if not FOLDER.is_dir():
        return [pytest.param("", marks=pytest.mark.skip(reason=f"no corpora in {FOLDER}"))]
    return payloads(*names)


def payloads(*names: str) -> list[Any]:
    """Return the inputs of these files. Skip the test that is running without the files."""
    if not FOLDER.is_dir():
        pytest.skip(f"no corpora in {FOLDER}")
    lines = [line for name in names for line in (FOLDER / f"{name}.jsonl").read_text().splitlines()]
    # A recipe is an expression of two or three repetitions, for what would be too long to store.
    return [_input(json.loads(line)) for line in lines if line]


def _input(entry: dict[str, Any]) -> Any:
    if "payload" in entry:
        return entry["payload"]
    names = {"__builtins__": {"chr": chr, "range": range}}
    return eval(entry["recipe"], names)  # noqa: S307 our own file
