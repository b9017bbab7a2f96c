"""Reading what a page or a mail says, and the inputs that have broken such systems."""

import json
import re
from email.message import EmailMessage
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


def text_of(message: EmailMessage) -> str:
    return str(message.get_body(("plain",)).get_content())


def code_in(message: EmailMessage) -> str:
    return re.search(r"\b\d{6}\b", text_of(message))[0]  # type: ignore[index]


def link_in(message: EmailMessage) -> str:
    """The path of the link that signs in."""
    return re.search(r"https?://[^/\s]+(/\S+/password/reset/key/\S+)", text_of(message))[1]  # type: ignore[index]


def same_for_all(response: Answer, email: str) -> tuple[int, bytes, list[str]]:
    """Status, page and cookies without what is this person's own: the address that was typed, the token."""
    page = re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", response.content.replace(email.encode(), b""))
    return response.status_code, page, sorted(response.cookies)
