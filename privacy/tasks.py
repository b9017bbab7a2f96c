from django.utils import timezone
from django_tasks import task

from privacy import erasure, exporting
from privacy.models import Export

# After emails: nobody waits for it.
PRIORITY = -10


@task(priority=PRIORITY)
def export_data(export_id: str) -> None:
    """Write the file of an export, and tell its owner."""
    exports = Export.objects.filter(pk=export_id, ready_at=None, failed_at=None)
    if export := exports.select_related("person").first():
        exporting.make(export)


@task(priority=PRIORITY)
def continue_deletion(person_id: int) -> None:
    """Do the next step of the deletion of an account, and queue the one after it."""
    wait = erasure.go_on(person_id)
    if wait is not None:
        continue_deletion.using(run_after=timezone.now() + wait).enqueue(person_id)
