"""Make the file of an export, tell its owner, and say if that failed."""

import logging
from traceback import format_tb

from django.db import transaction
from django.utils import timezone

from accounts.reading import as_read_by
from privacy import archive, letters
from privacy.models import Export

log = logging.getLogger(__name__)


def make(export: Export) -> None:
    """Write the file. A worker that was killed at it begins anew: nobody sees half a file."""
    try:
        with as_read_by(export.person):
            archive.write(export.person, export.path)
    except Exception as error:  # noqa: BLE001 - whatever it is, the person is told and can try again
        # The position is logged, but not the message, which may quote what the person wrote.
        where = "".join(format_tb(error.__traceback__))
        log.error("An export of a person's data failed: %s\n%s", type(error).__name__, where)
        Export.objects.filter(pk=export.pk, ready_at=None).update(failed_at=timezone.now())
        return
    if not _finish(export):
        export.path.unlink(missing_ok=True)


@transaction.atomic
def _finish(export: Export) -> bool:
    """Say that the file is ready. Return False if the account is gone meanwhile."""
    export.ready_at = timezone.now()
    unfinished = Export.objects.filter(pk=export.pk, ready_at=None, failed_at=None)
    if not unfinished.update(ready_at=export.ready_at):
        return False
    letters.export_ready(export)
    return True
