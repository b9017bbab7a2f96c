"""The database of the tests: migrated once for as long as no migration changes, emptied cheaply."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.management.commands.flush import Command as Flush
from django.db import connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from config.environment import POSTGRESQL_POOL
from forum.log import append_only
from tests.migrated import IS_MIGRATED, keep, kept

# Written by Django after a migration, and the same for every test.
STAYS = {"auth_permission", "django_content_type"}


def is_sqlite() -> bool:
    return bool(settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"))


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Use a database that is migrated already (tests/migrated.py)."""
    return kept("sqlite3").exists() if is_sqlite() else IS_MIGRATED in os.environ


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_keepdb: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite in a file: threads share it as they do when it
    serves, and not by way of one connection. Nothing waits for the disk.

    PostgreSQL with patience: a server has as many threads as
    its pool has connections, a test may have more.
    """
    database = settings.DATABASES["default"]
    database["TEST"]["MIGRATE"] = not django_db_keepdb
    if not is_sqlite():
        database["OPTIONS"]["pool"] = POSTGRESQL_POOL | {"timeout": 60}
        return
    durable = database["OPTIONS"]["init_command"]
    database["OPTIONS"]["init_command"] = durable.replace("synchronous=FULL", "synchronous=OFF")
    database["TEST"]["NAME"] = tmp_path_factory.mktemp("database") / "test.sqlite3"
    if django_db_keepdb:
        shutil.copyfile(kept("sqlite3"), database["TEST"]["NAME"])


@pytest.fixture(scope="session", autouse=True)
def migrated_once(django_db_setup: None, django_db_keepdb: bool, django_db_blocker: Any) -> None:
    """Leave the migrated database to the next run. No database is there if no test asks for one."""
    is_there = connection.settings_dict["NAME"] == connection.settings_dict["TEST"]["NAME"]
    if django_db_keepdb or not is_there or not is_sqlite():
        return
    with keep("sqlite3") as file, django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(file)])


def empty_tables(connection: BaseDatabaseWrapper) -> None:
    """Delete every row that a test has committed. Only tables that hold one are touched, because
    TRUNCATE of all of them, and the permissions written anew, cost more than most tests.
    """
    tables = sorted({*connection.introspection.django_table_names(only_existing=True)} - STAYS)
    names = {table: connection.ops.quote_name(table) for table in tables}
    exists = (
        f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {name})" for table, name in names.items()
    )
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(exists))
        filled = [table for (table,) in cursor.fetchall()]
        if append_only.LOG in filled:
            append_only.uninstall()
        # Foreign keys are checked at the end of the transaction, so the order does not matter.
        for table in filled:
            cursor.execute(f"DELETE FROM {names[table]}")
        if append_only.LOG in filled:
            append_only.install()


@pytest.fixture(scope="session", autouse=True)
def quick_flush(django_db_setup: None) -> Iterator[None]:
    """Between tests that commit, `flush` empties all tables, that of the log too."""

    def flush(command: object, **options: Any) -> None:
        empty_tables(connections[options["database"]])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Flush, "handle", flush)
        yield
