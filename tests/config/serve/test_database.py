"""A database that cannot serve is found out before the start."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from config.serve.database import refuse_unless_database_serves

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="about PostgreSQL"),
]


@contextmanager
def another_database(name: str, options: str = "") -> Iterator[None]:
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}"')
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE template0 {options}')
        try:
            yield
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def point_at(monkeypatch: pytest.MonkeyPatch, **changes: Any) -> None:
    for name, value in changes.items():
        monkeypatch.setitem(connection.settings_dict, name, value)


def test_a_database_that_serves_passes() -> None:
    refuse_unless_database_serves()


def test_a_database_in_another_encoding_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with another_database("in_latin", "ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'"):
        point_at(monkeypatch, NAME="in_latin")
        with pytest.raises(ImproperlyConfigured, match=r"is in LATIN1, .* --encoding UTF8"):
            refuse_unless_database_serves()


def test_a_database_that_cannot_be_written_to_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    options = connection.settings_dict["OPTIONS"] | {
        "options": "-c default_transaction_read_only=on"
    }
    point_at(monkeypatch, OPTIONS=options)
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL cannot be written to"):
        refuse_unless_database_serves()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"NAME": "not_there"}, 'database "not_there" does not exist'),
        ({"USER": "nobody_here", "PASSWORD": "x"}, "nobody_here"),
        ({"HOST": "127.0.0.1", "PORT": "9"}, "refused"),
        ({"OPTIONS": {"colour": "red"}}, "colour"),
    ],
)
def test_the_reason_is_told_in_one_line(
    changes: dict[str, Any], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    point_at(monkeypatch, **changes)
    with pytest.raises(ImproperlyConfigured) as refused:
        refuse_unless_database_serves()
    assert said in str(refused.value)
    assert "DATABASE_URL" in str(refused.value)
    assert "\n" not in str(refused.value)
