from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from database.journal import empty_journal
from database.search import forget_deleted_words
from privacy import erasure, exporting
from privacy.models import Export

# After emails: nobody waits for it.
PRIORITY = -10
WHILE_READ = timedelta(minutes=1)


@task(priority=PRIORITY)
def export_data(export_id: str) -> None:
    """Write the file of an export, and tell its owner."""
    exports = Export.objects.filter(pk=export_id, ready_at=None, failed_at=None)
    if export := exports.select_related("person").first():
        exporting.make(export)


@task(priority=PRIORITY)
def continue_deletion(person_id: int) -> None:
    """Do the next step of the deletion of an account, and queue the one after it."""
    after_step(person_id, erasure.go_on(person_id))


@task(priority=PRIORITY)
def overwrite_deleted() -> None:
    """Leave nothing that was deleted in the files of the database. Try again while it is read."""
    forget_deleted_words()
    if not empty_journal():
        overwrite_deleted.using(run_after=timezone.now() + WHILE_READ).enqueue()


def after_step(person_id: int, wait: timedelta | None) -> None:
    """Queue the next step of a deletion, or what comes after the last one."""
    if wait is None:
        overwrite_deleted.enqueue()
    else:
        continue_deletion.using(run_after=timezone.now() + wait).enqueue(person_id)
