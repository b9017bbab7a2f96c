"""What seals the lines of the log to one another.

A line's seal is the SHA-256 of the seal before it, a line feed, and what the line says: a JSON
object, in UTF-8, with the names of columns in alphabetical order, without spaces, its times in UTC
with microseconds. What is empty (NULL, "", false) is left out, so that a column added later changes
no seal. Left out are also what makes the chain itself (id, previous, seal) and the references that
go with what they refer to; `moderator_key`, `person_key`, `comment_key` and `discussion_key` say
which it was, and stay. This form is what every seal there is was made of: it does not change.

The text of a line (the words it is about, the moderator's note) stands in a row of its own, which
can be erased. The line says its digest, `text_digest`: the SHA-256 of a random salt, a line feed,
and a JSON object of `note` and `words` in the same form. Salt and text are erased together.

What it shows: that lines were changed, put in, taken out or put in another order. What it
does not show by itself: that somebody who can write to the database made the whole chain
anew, or cut off its end. A seal that was noted elsewhere shows that as well: all the
lines up to it are as they were when it was noted.
"""

import json
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

LEFT_OUT = {"id", "previous_id", "seal", "moderator_id", "person_id", "comment_id", "discussion_id"}


def seal(line: Any, previous: str) -> str:
    """Of a ModerationAction, saved or not; the seal before is empty for the first."""
    return sha256(f"{previous}\n{_said(line)}".encode()).hexdigest()


def digest(salt: str, **text: str) -> str:
    """Of the text beside a line; the line says this digest, and so its seal covers the text."""
    return sha256(f"{salt}\n{_json(text)}".encode()).hexdigest()


def _said(line: Any) -> str:
    columns = {field.attname for field in line._meta.concrete_fields} - LEFT_OUT
    return _json({name: value for name in columns if (value := getattr(line, name))})


def _json(said: dict[str, Any]) -> str:
    return json.dumps(
        said, default=_plain, sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )


def _plain(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="microseconds")
