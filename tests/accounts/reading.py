"""Reading what a page says, and the inputs that have broken such systems."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

Answer = Any  # what Django's test client gives back

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"


def corpus(name: str) -> list[Any]:
    """They are kept beside the project, not in it."""
    path = CORPORA / f"{name}.jsonl"
    if not path.exists():
        return [pytest.param(None, marks=pytest.mark.skip(reason=f"{path} is not here"))]
    return [json.loads(line) for line in path.read_text().splitlines()]


def payloads(name: str) -> list[Any]:
    return [row["payload"] if isinstance(row, dict) else row for row in corpus(name)]


def same_for_all(response: Answer, email: str) -> tuple[int, bytes, list[str]]:
    """Status, page and cookies without what is this
    person's own: the address that was typed, the token.
    """
    page = re.sub(
        rb'name="csrfmiddlewaretoken" value="\w+"',
        b"",
        response.content.replace(email.encode(), b""),
    )
    return response.status_code, page, sorted(response.cookies)
