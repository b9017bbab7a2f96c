"""Database triggers that keep the log append-only.

The one change they allow removes a reference from an entry when its target is deleted. The
owner of the database can drop the triggers; the chain of seals (forum.log.chain) then reveals
any change.

SQLite drops the triggers when a migration recreates the table: such a migration ends with
install(). A test (tests/forum/log/test_append_only.py) and `check_integrity` report where that
was forgotten.
"""

from typing import Any, Protocol

from django.db import connection

LOG = "forum_moderationaction"
# What goes with an account, a comment or a discussion; their numbers stay beside it.
REFERENCES = ("moderator_id", "person_id", "comment_id", "discussion_id")
REFUSAL = "The moderation log is append-only: a line can be added, not changed or taken away."


class Guard(Protocol):
    def install(self) -> None: ...
    def uninstall(self) -> None: ...
    def missing(self) -> list[str]: ...
    def lock(self) -> None: ...


class PostgreSQL:
    FUNCTION = "forum_moderationaction_append_only"
    TRIGGERS = {
        "moderation_log_keeps_lines": "BEFORE UPDATE OR DELETE ON {log} FOR EACH ROW",
        "moderation_log_keeps_all": "BEFORE TRUNCATE ON {log} FOR EACH STATEMENT",
    }
    # What is left of a line without its references is compared as a
    # whole, so that a column added later is kept, too.
    LEFT_OUT = f"'{{{','.join(REFERENCES)}}}'::text[]"
    BODY = f"""
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF to_jsonb(NEW) - {LEFT_OUT} = to_jsonb(OLD) - {LEFT_OUT}
      AND {" AND ".join(f"(NEW.{each} IS NULL OR NEW.{each} = OLD.{each})" for each in REFERENCES)}
    THEN RETURN NEW; END IF;
  END IF;
  RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';
END
"""
    EXISTING = """
SELECT tgname FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
 WHERE tgrelid = %s::regclass AND tgenabled = 'O' AND prosrc = %s
"""

    def install(self) -> None:
        self.uninstall()
        with connection.cursor() as cursor:
            cursor.execute(
                f"CREATE FUNCTION {self.FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$${self.BODY}$$"
            )
            for name, when in self.TRIGGERS.items():
                cursor.execute(
                    f"CREATE TRIGGER {name} {when.format(log=LOG)} EXECUTE FUNCTION "
                    f"{self.FUNCTION}()"
                )

    def uninstall(self) -> None:
        connection.check_constraints()  # no trigger goes while checks of its table's rows wait
        with connection.cursor() as cursor:
            cursor.execute(f"DROP FUNCTION IF EXISTS {self.FUNCTION}() CASCADE")

    def missing(self) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(self.EXISTING, [LOG, self.BODY])
            existing = {name for (name,) in cursor.fetchall()}
        return sorted(self.TRIGGERS.keys() - existing)

    def lock(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s::regclass::oid::bigint)", [LOG])


class SQLite:
    def install(self) -> None:
        self.uninstall()
        with connection.cursor() as cursor:
            for sql in self._triggers().values():
                cursor.execute(sql)

    def uninstall(self) -> None:
        with connection.cursor() as cursor:
            for name in self._triggers():
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")

    def missing(self) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
                [LOG],
            )
            existing = dict(cursor.fetchall())
        return sorted(name for name, sql in self._triggers().items() if existing.get(name) != sql)

    def lock(self) -> None:
        """Do nothing: a writing transaction is alone from its start (transaction_mode in the
        settings).
        """

    def _triggers(self) -> dict[str, str]:
        """Return the SQL of each trigger for the present columns of the table."""
        with connection.cursor() as cursor:
            columns = [
                column.name
                for column in connection.introspection.get_table_description(cursor, LOG)
            ]
        changes = [f"NEW.{name} IS NOT OLD.{name}" for name in columns if name not in REFERENCES]
        changes += [
            f"NEW.{name} IS NOT OLD.{name} AND NEW.{name} IS NOT NULL" for name in REFERENCES
        ]
        # INSERT OR REPLACE takes lines away and asks no trigger about it.
        keys = [name for name in ("id", "previous_id", "undoes_id") if name in columns]
        same = " OR ".join(f"{name} = NEW.{name}" for name in keys)
        conditions = {
            "moderation_log_keeps_lines": f"UPDATE ON {LOG} WHEN {' OR '.join(changes)}",
            "moderation_log_keeps_all": f"DELETE ON {LOG}",
            "moderation_log_replaces_none": (
                f"INSERT ON {LOG} WHEN EXISTS (SELECT 1 FROM {LOG} WHERE {same})"  # noqa: S608
            ),
        }
        return {
            name: f"CREATE TRIGGER {name} BEFORE {when} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            for name, when in conditions.items()
        }


def guard() -> Guard:
    return PostgreSQL() if connection.vendor == "postgresql" else SQLite()


def install(apps: Any = None, schema_editor: Any = None) -> None:
    """Create the triggers, as a step of a migration or by hand."""
    guard().install()


def uninstall(apps: Any = None, schema_editor: Any = None) -> None:
    guard().uninstall()
