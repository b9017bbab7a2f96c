"""Every column has a note about what it stores of a person, or is noted as nobody's."""

from collections import defaultdict

from django.apps import apps
from django.db import connection, models

from accounts.models import User
from privacy.notes import (
    TableNote,
    may_name_somebody,
    notes,
    of_nobody,
    sections,
)
from privacy.third_party import TABLES_OF_NOBODY

NO_NOTE = "Add a note to the module privacy.py of the package: docs/privacy.md says how."
Columns = dict[str, set[str]]


def tables() -> list[type[models.Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]


def columns_of(model: type[models.Model]) -> set[str]:
    """Return the columns of a model without the number that each row gets."""
    fields = model._meta.concrete_fields
    return {field.name for field in fields if not (field.primary_key and field.name == "id")}


def tables_with_notes() -> list[TableNote]:
    return [table for section in sections() for table in section.tables]


def noted() -> Columns:
    columns: Columns = defaultdict(set)
    for note in notes():
        columns[note.model._meta.label].update(note.columns)
    return columns


def nobodys() -> Columns:
    columns: Columns = defaultdict(set)
    for model, column in of_nobody():
        columns[model._meta.label].add(column)
    return columns


def test_every_column_has_a_note() -> None:
    about_people, others = noted(), nobodys()
    missing = {
        f"{label}.{column}"
        for model in tables()
        for label in [model._meta.label]
        for column in columns_of(model) - about_people[label] - others[label]
    }
    assert missing == set(), NO_NOTE


def test_no_note_is_about_a_column_that_is_gone() -> None:
    there = {model._meta.label: {f.name for f in model._meta.concrete_fields} for model in tables()}
    for columns in (noted(), nobodys()):
        gone = {label: names - there[label] for label, names in columns.items()}
        assert {label: names for label, names in gone.items() if names} == {}


def test_a_column_with_a_note_is_not_nobodys() -> None:
    about_people, others = noted(), nobodys()
    assert {label: about_people[label] & others[label] for label in others} == {
        label: set() for label in others
    }


def test_what_names_a_person_is_not_nobodys() -> None:
    naming = {
        f"{model._meta.label}.{column}"
        for model, column in of_nobody()
        if may_name_somebody(model._meta.get_field(column))
    }
    assert naming == set()


def test_every_table_of_the_database_has_notes(db: None) -> None:
    known: Columns = {
        model._meta.db_table: {str(field.column) for field in model._meta.concrete_fields}
        for model in tables()
    }
    known |= {table: set(columns.split()) for table, columns in TABLES_OF_NOBODY.items()}
    known |= {each.table: set(each.columns.split()) for each in tables_with_notes()}
    with connection.cursor() as cursor:
        there = {
            table: {
                column.name
                for column in connection.introspection.get_table_description(cursor, table)
            }
            for table in connection.introspection.table_names(cursor)
            if "_search" not in table  # SQLite's index of a column with a note
        }
    assert there == {table: known.get(table) for table in there}, NO_NOTE


def test_every_note_says_what_and_why_and_how_long() -> None:
    for section in sections():
        assert str(section.heading)
        for note in section.notes:
            assert all(str(words).strip() for words in (note.what, note.why, note.how_long)), note


def test_the_owner_of_a_row_is_found(db: None) -> None:
    for note in notes():
        if note.is_by_address:
            assert list(note.rows_by_address({"nobody@example.com"})) == []
        elif note.owner:
            assert list(note.rows_of(User(pk=0))) == []
