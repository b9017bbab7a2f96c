"""The database itself keeps the log: lines are added to it, and none is changed or taken away.

The one change that is let through takes a reference off a line when what it
refers to goes. Whoever owns the database can take the guard off; the chain of
seals (forum.log.chain) shows what was done then.

SQLite drops the triggers of a table that a migration makes anew: such a
migration ends with put_on(). A test (tests/forum/log/test_append_only.py) says
where it was forgotten, and so does `check_integrity`.
"""

from typing import Any, Protocol

from django.db import connection

LOG = "forum_moderationaction"
# What goes with an account, a comment or a discussion; their numbers stay beside it.
REFERENCES = ("moderator_id", "person_id", "comment_id", "discussion_id")
REFUSAL = "The moderation log is append-only: a line can be added, not changed or taken away."


class Guard(Protocol):
    def put_on(self) -> None: ...
    def take_off(self) -> None: ...
    def missing(self) -> list[str]: ...
    def wait_turn(self) -> None: ...


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
    STANDING = """
SELECT tgname FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
 WHERE tgrelid = %s::regclass AND tgenabled = 'O' AND prosrc = %s
"""

    def put_on(self) -> None:
        self.take_off()
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

    def take_off(self) -> None:
        connection.check_constraints()  # no trigger goes while checks of its table's rows wait
        with connection.cursor() as cursor:
            cursor.execute(f"DROP FUNCTION IF EXISTS {self.FUNCTION}() CASCADE")

    def missing(self) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(self.STANDING, [LOG, self.BODY])
            standing = {name for (name,) in cursor.fetchall()}
        return sorted(self.TRIGGERS.keys() - standing)

    def wait_turn(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s::regclass::oid::bigint)", [LOG])


class SQLite:
    def put_on(self) -> None:
        self.take_off()
        with connection.cursor() as cursor:
            for sql in self._triggers().values():
                cursor.execute(sql)

    def take_off(self) -> None:
        with connection.cursor() as cursor:
            for name in self._triggers():
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")

    def missing(self) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
                [LOG],
            )
            standing = dict(cursor.fetchall())
        return sorted(name for name, sql in self._triggers().items() if standing.get(name) != sql)

    def wait_turn(self) -> None:
        """A transaction that writes is the only one from its
        beginning: see transaction_mode in the settings.
        """

    def _triggers(self) -> dict[str, str]:
        """What each is made by: the columns are those that the table has now."""
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


def put_on(apps: Any = None, schema_editor: Any = None) -> None:
    """As a step of a migration, or by hand."""
    guard().put_on()


def take_off(apps: Any = None, schema_editor: Any = None) -> None:
    guard().take_off()
