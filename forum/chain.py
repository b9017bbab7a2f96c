"""What seals the lines of the log to one another.

A line's seal is the SHA-256 of the seal before it, a line feed, and what the line says: a JSON object, in UTF-8, with
the names of columns in alphabetical order, without spaces, its times in UTC with microseconds. What is empty (NULL,
"", false) is left out, so that a column added later changes no seal. Left out are also what makes the chain itself
(id, previous, seal) and the two references that go with an account; `moderator_key` and `person_key` say who it was,
and stay. This form is what every seal there is was made of: it does not change.

What it shows: that lines were changed, put in, taken out or put in another order. What it does not show by itself: that
somebody who can write to the database made the whole chain anew, or cut off its end. A seal that was noted elsewhere
shows that as well: all the lines up to it are as they were when it was noted.
"""

import json
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

LEFT_OUT = {"id", "previous_id", "seal", "moderator_id", "person_id"}


def seal(line: Any, previous: str) -> str:
    """Of a ModerationAction, saved or not; the seal before is empty for the first."""
    return sha256(f"{previous}\n{_said(line)}".encode()).hexdigest()


def _said(line: Any) -> str:
    columns = {field.attname for field in line._meta.concrete_fields} - LEFT_OUT
    said = {name: value for name in columns if (value := getattr(line, name))}
    return json.dumps(said, default=_plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _plain(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="microseconds")
