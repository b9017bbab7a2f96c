"""Records that an export contains: the rows of a person, with the columns that notes name.

Rows of others are named by their address only. A column that is secret is left out, and so is
who decided about the person.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import BinaryField, FileField, Model, QuerySet

from accounts.models import User
from forum.discussion.models.comment import Comment
from privacy.notes import Note, Section, sections

CHUNK = 500
# The names of files as in an export of the whole site; others are named for the model.
NAMES = {"User": "people", "Revision": "comment_revisions", "ModerationAction": "decisions"}
# Rows of the publisher's, named by their name. Of others only the number is given.
NAMED = {"articles.Topic", "auth.Group", "auth.Permission", "forum.FlagReason"}

# Columns that are files of the archive. The name of a picture is the one in its address.
UPLOADS = (BinaryField, FileField)

Row = dict[str, Any]


@dataclass
class Addresses:
    """The addresses of rows that an export refers to, each looked up once."""

    known: dict[tuple[type[Model], Any], Any] = field(default_factory=dict)

    def of(self, model: type[Model], key: Any) -> Any:
        if model is Comment:  # there may be many, and no query is needed
            return self._whole(Comment(pk=key).get_absolute_url())
        if (model, key) not in self.known:
            self.known[model, key] = self._look_up(model, key)
        return self.known[model, key]

    def _look_up(self, model: type[Model], key: Any) -> Any:
        row: Any = model._base_manager.filter(pk=key).first()
        if hasattr(row, "get_absolute_url"):
            return self._whole(row.get_absolute_url())
        return str(row) if model._meta.label in NAMED else key

    def _whole(self, path: str) -> str:
        return f"{settings.SITE_URL}{path}"


@dataclass(frozen=True)
class Records:
    """The rows of one table that belong to the person in one way."""

    section: Section
    notes: tuple[Note, ...]
    person: User
    addresses: frozenset[str]
    name: str  # of the file

    @property
    def model(self) -> type[Model]:
        return self.notes[0].model

    @cached_property
    def columns(self) -> list[Any]:
        """Return the fields that are exported, in the order of the model. A reference to the person
        themselves says nothing.
        """
        named = {column for note in self.notes for column in note.columns}
        fields = [field for field in self.model._meta.concrete_fields if field.name in named]
        return [field for field in fields if field.name != self.notes[0].owner]

    def rows(self) -> "QuerySet[Any]":
        note = self.notes[0]
        if not note.is_by_address:
            return note.rows_of(self.person)
        rows = note.rows_by_address(set(self.addresses))
        for other in self.section.notes:
            if other.model is note.model and other.owner and not other.is_by_address:
                rows = rows.exclude(**{other.owner: self.person.pk})
        return rows

    def __iter__(self) -> Iterator[Row]:
        """Yield each row by the names of its columns."""
        addresses = Addresses()
        rows: list[Any] = []
        for row in self.rows().iterator(CHUNK):
            rows.append(row)
            if len(rows) == CHUNK:
                yield from self._objects(rows, addresses)
                rows = []
        yield from self._objects(rows, addresses)

    def _objects(self, rows: list[Any], addresses: Addresses) -> Iterator[Row]:
        replies = replies_to(rows) if self.model is Comment else {}
        for row in rows:
            found = {"id": row.pk} if self.model is not get_user_model() else {}
            if hasattr(row, "get_absolute_url"):
                found["address"] = addresses.of(self.model, row.pk)
            for column in self.columns:
                found[column.name] = _value(column, row, addresses)
            if self.model is Comment:
                found["replies"] = [addresses.of(Comment, key) for key in replies.get(row.pk, [])]
            yield found


def records_of(person: User) -> list[Records]:
    """Return everything that is exported of a person, in the order of the privacy page."""
    confirmed = person.emailaddress_set.filter(verified=True).values_list("email", flat=True)
    addresses = frozenset({person.email, *confirmed})
    tables: list[Records] = []
    for section in sections():
        for notes in _by_table(section):
            is_other_way = any(table.model is notes[0].model for table in tables)
            name = _name_of(notes[0], is_other_way=is_other_way)
            tables.append(Records(section, tuple(notes), person, addresses, name))
    return tables


def _by_table(section: Section) -> Iterable[list[Note]]:
    """Return the notes about exported rows, those of one table and one owner together."""
    found: dict[tuple[type[Model], str], list[Note]] = {}
    for note in section.notes:
        if note.owner and not note.is_secret:
            found.setdefault((note.model, note.owner), []).append(note)
    return found.values()


def _name_of(note: Note, *, is_other_way: bool) -> str:
    """Return a name for the file: `drafts`, and `drafts_email` for those of an address."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", note.model.__name__).lower()
    many = words if words.endswith("settings") else f"{words}{'es' if words[-1] == 's' else 's'}"
    name = NAMES.get(note.model.__name__, many)
    return f"{name}_{note.owner.replace('__', '_')}" if is_other_way else name


def replies_to(comments: list[Any]) -> dict[int, list[int]]:
    """Return the keys of the published replies to each of these comments."""
    found: dict[int, list[int]] = {}
    replies = Comment.objects.published().filter(parent__in=[comment.pk for comment in comments])
    for parent, key in replies.order_by("pk").values_list("parent", "pk"):
        found.setdefault(parent or 0, []).append(key)
    return found


def upload_name(column: Any, row: Any) -> str:
    """Return the name of an upload in the archive; "" where there is none."""
    value = getattr(row, column.attname)
    if not value:
        return ""
    address = row.get_absolute_url() if isinstance(column, BinaryField) else f"/{value.name}"
    return f"uploads{address}"


def _value(column: Any, row: Any, addresses: Addresses) -> Any:
    value = getattr(row, column.attname)
    if column.related_model and value is not None:
        return addresses.of(column.related_model, value)
    if isinstance(column, UPLOADS):
        return upload_name(column, row)
    return value
