"""The chain of seals over the entries of the log.

An entry's seal is the SHA-256 of the seal before it, a line feed, and the entry: a JSON object,
in UTF-8, with the names of columns in alphabetical order, without spaces, its times in UTC with
microseconds. Empty values (NULL, "", false) are left out, so that a column added later changes
no seal. So are the columns of the chain itself (id, previous, seal) and the references that go
with what they refer to; `moderator_key`, `person_key`, `comment_key` and `discussion_key` stay
and say which it was. Every seal there is was made of this form: it must never change.

The text of an entry (the comment's text, the moderator's note) is a row of its own, which can
be erased. The entry stores its digest, `text_digest`: the SHA-256 of a random salt, a line
feed, and a JSON object of `note` and `words` in the same form. Salt and text are erased
together.

The chain shows that entries were changed, inserted, removed or reordered. By itself it does not
show that somebody with write access rebuilt the whole chain, or cut off its end. A seal noted
elsewhere does: all entries up to it are as they were when it was noted.
"""

import json
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

LEFT_OUT = {"id", "previous_id", "seal", "moderator_id", "person_id", "comment_id", "discussion_id"}


def seal(line: Any, previous: str) -> str:
    """Return the seal of a ModerationAction, saved or not. `previous` is "" for the first entry."""
    return sha256(f"{previous}\n{_said(line)}".encode()).hexdigest()


def digest(salt: str, **text: str) -> str:
    """Return the digest of the text beside an entry. The entry stores it, so its seal covers
    the text.
    """
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
