"""Deleted text cannot be read in the files of the database."""

from pathlib import Path

import pytest
from django.db import connection, connections

from articles.models import Topic
from database.journal import empty_journal

pytestmark = pytest.mark.django_db(transaction=True)
NAME = "Unmistakable quandary"


@pytest.fixture
def only_sqlite() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps its files to itself")


def is_readable() -> bool:
    file = Path(connection.settings_dict["NAME"])
    return any(NAME.encode() in each.read_bytes() for each in file.parent.glob(f"{file.name}*"))


def test_nothing_is_done_inside_of_a_transaction_or_while_somebody_reads(
    only_sqlite: None,
) -> None:
    Topic.objects.create(name=NAME, slug="quandary")
    reader = connections.create_connection("default")
    reader.ensure_connection()
    try:
        with reader.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT name FROM articles_topic")
            Topic.objects.all().delete()
            assert not empty_journal()
            assert is_readable()
            cursor.execute("COMMIT")
    finally:
        reader.close()
    assert empty_journal()
    assert not is_readable()


def test_other_databases_have_no_such_journal() -> None:
    assert empty_journal()
