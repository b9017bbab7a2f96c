"""The notes beside the models: what each column stores of a person, why, and how long.

The privacy page shows them, the export contains the columns that they name, and a test fails for
a column without a note (docs/privacy.md).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib import import_module
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import EmailField, Field, Model, QuerySet
from django.db.models.constants import LOOKUP_SEP

from text.durations import in_words

# The modules with notes, in the order of the privacy page.
MODULES = [
    "publication.privacy",
    "accounts.privacy",
    "forum.discussion.privacy",
    "forum.votes.privacy",
    "forum.notifications.privacy",
    "forum.flags.privacy",
    "forum.log.privacy",
    "forum.moderation.privacy",
    "forum.people.privacy",
    "forum.cases.privacy",
    "forum.screening.privacy",
    "forum.maintenance.privacy",
    "articles.privacy",
    "desk.privacy",
    "search.privacy",
    "mail.privacy",
    "privacy.privacy",
    "privacy.third_party",
    "config.privacy",
]


@dataclass(frozen=True)
class Note:
    model: type[Model]
    owner: str  # the path from a row to its person or their address; "" if no query finds them
    columns: tuple[str, ...]
    what: Any
    why: Any
    until: Any  # words, or a timedelta
    is_secret: bool = False  # stored, but not part of the export

    @property
    def how_long(self) -> str:
        return how_long(self.until)

    @property
    def is_by_address(self) -> bool:
        """Return True if rows name an email address in the place of a person."""
        return bool(self.owner) and not _leads_to_person(self.model, self.owner)

    def rows_of(self, person: Any) -> "QuerySet[Any]":
        """Return the rows that belong to a person by a reference."""
        return self._rows().filter(**{self.owner: person.pk})

    def rows_by_address(self, addresses: set[str]) -> "QuerySet[Any]":
        """Return the rows that name one of the addresses in the place of a person."""
        return self._rows().filter(**{f"{self.owner}__in": addresses})

    def _rows(self) -> "QuerySet[Any]":
        return self.model._base_manager.order_by("pk")


@dataclass(frozen=True)
class TableNote:
    """The note about a table that has no model."""

    table: str
    columns: str
    what: Any
    why: Any
    until: Any

    @property
    def how_long(self) -> str:
        return how_long(self.until)


@dataclass(frozen=True)
class Section:
    heading: Any
    notes: tuple[Note, ...]
    tables: tuple[TableNote, ...] = ()

    @property
    def shown(self) -> list[Note | TableNote]:
        """Return one of those that say the same, as of the rows of a person and an address."""
        notes = {(note.what, note.why, note.until): note for note in self.notes}
        return [*notes.values(), *self.tables]


def how_long(until: Any) -> str:
    """Return a time of storage in words, for the language of the page."""
    return in_words(until.total_seconds()) if isinstance(until, timedelta) else str(until)


@cache
def sections() -> tuple[Section, ...]:
    modules = map(import_module, MODULES)
    return tuple(map(_section, modules))


def notes() -> Iterator[Note]:
    for section in sections():
        yield from section.notes


def of_nobody() -> Iterator[tuple[type[Model], str]]:
    """Yield the columns that say nothing of a person."""
    for name in MODULES:
        for label, columns in import_module(name).OF_NOBODY.items():
            yield from ((apps.get_model(label), column) for column in columns.split())


def _section(module: Any) -> Section:
    tables = tuple(TableNote(**words) for words in getattr(module, "TABLES", []))
    return Section(module.HEADING, tuple(map(_note, module.NOTES)), tables)


def _note(words: dict[str, Any]) -> Note:
    model, columns = apps.get_model(words["model"]), tuple(words["columns"].split())
    return Note(**{**words, "model": model, "columns": columns})


def _leads_to_person(model: type[Model], path: str) -> bool:
    return path == "pk" or _field_at(model, path).related_model is get_user_model()


def _field_at(model: type[Model], path: str) -> Any:
    """Return the last field of the path."""
    field: Any = None
    for step in path.split(LOOKUP_SEP):
        field = model._meta.get_field(step)
        model = field.related_model
    return field


def may_name_somebody(field: Field) -> bool:
    """Return True for columns that refer to a person or hold an address."""
    return field.related_model is get_user_model() or isinstance(field, EmailField)
