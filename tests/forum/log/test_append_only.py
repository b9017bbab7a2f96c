"""The database refuses what would rewrite the log, whoever asks and however."""

from collections.abc import Callable

import pytest
from django.core.management.color import no_style
from django.db import IntegrityError, connection, transaction

from accounts.models import User
from forum.log import append_only
from forum.models import Comment, ModerationAction, Sanction
from forum.moderation import decisions
from forum.moderation.sanctions import impose
from tests.conftest import person

Say = Callable[..., Comment]
REFUSED = pytest.raises(IntegrityError, match="append-only")


@pytest.fixture
def line(say: Say, moderator: User) -> ModerationAction:
    line = decisions.remove(say("Buy now."), by=moderator, reason="spam")
    assert line
    return line


def execute(*statements: str) -> None:
    connection.check_constraints()
    with transaction.atomic(), connection.cursor() as cursor:
        for sql in statements:
            cursor.execute(sql)


def test_the_log_is_guarded_after_all_migrations(db: None) -> None:
    assert append_only.guard().missing() == []


def test_a_line_is_not_changed(line: ModerationAction) -> None:
    with REFUSED, transaction.atomic():
        ModerationAction.objects.update(status_before="held")
    line.reason = "unkind"
    with REFUSED, transaction.atomic():
        line.save()


def test_a_line_is_not_taken_away(line: ModerationAction) -> None:
    with REFUSED, transaction.atomic():
        line.delete()
    with REFUSED, transaction.atomic():
        ModerationAction.objects.all().delete()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE forum_moderationaction SET text_digest = ''",
        "UPDATE forum_moderationaction SET seal = '', moderator_id = NULL",
        "DELETE FROM forum_moderationaction",
    ],
)
def test_nor_by_sql(sql: str, line: ModerationAction) -> None:
    with REFUSED:
        execute(sql)
    assert ModerationAction.objects.get().words == "Buy now."


def test_nor_by_putting_another_in_its_place(line: ModerationAction) -> None:
    """SQLite's INSERT OR REPLACE removes a row without firing its delete trigger."""
    columns = ", ".join(
        field.attname
        for field in ModerationAction._meta.concrete_fields
        if field.attname != "reason"
    )
    if connection.vendor == "sqlite":
        others = (
            f"INSERT OR REPLACE INTO {append_only.LOG} ({columns}, reason) SELECT {columns}, "
            "'other' FROM"
        )
        with REFUSED:
            execute(f"{others} {append_only.LOG}")
    else:
        with REFUSED:
            execute(f"TRUNCATE {append_only.LOG} CASCADE")
    assert ModerationAction.objects.get().reason == "spam"


def test_another_moderator_is_not_put_in(line: ModerationAction, other_reader: User) -> None:
    for changes in ({"moderator": other_reader}, {"person": other_reader}):
        with REFUSED, transaction.atomic():
            ModerationAction.objects.update(**changes)


def test_an_account_that_goes_takes_its_reference_and_nothing_else(
    say: Say, moderator: User, reader: User
) -> None:
    decisions.remove(say("Buy now."), by=moderator, reason="spam")
    impose(Sanction(person=reader, kind="ban", reason="spam"), by=moderator)
    keys = reader.pk, moderator.pk
    person("Bram Oduya", is_staff=True, is_superuser=True)
    reader.delete()
    moderator.delete()
    for line in ModerationAction.objects.all():
        assert (line.person, line.moderator) == (None, None)
        assert (line.person_key, line.moderator_key) == keys


def test_a_flush_is_refused_as_well(line: ModerationAction) -> None:
    with REFUSED:
        execute(*connection.ops.sql_flush(no_style(), [append_only.LOG], allow_cascade=True))


def test_the_guard_comes_back_after_it_was_off(line: ModerationAction) -> None:
    append_only.uninstall()
    assert append_only.guard().missing() != []
    append_only.install()
    assert append_only.guard().missing() == []


def test_a_log_that_was_saved_elsewhere_is_loaded_again(line: ModerationAction) -> None:
    """`loaddata` loads it into an empty table."""
    before = ModerationAction.objects.values().get()
    append_only.uninstall()
    line.delete()
    append_only.install()
    ModerationAction(**before).save_base(raw=True)
    assert ModerationAction.objects.values().get() == before


def test_the_text_of_a_line_can_be_erased(line: ModerationAction) -> None:
    """It stands beside the line, and the line keeps a digest of it."""
    assert ModerationAction.objects.get().words == "Buy now."
    line.text.delete()
    after = ModerationAction.objects.get()
    assert (after.words, after.note) == ("", "")
    assert after.text_digest == line.text_digest
