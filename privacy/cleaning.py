"""Periodic work of the worker: what is over goes, what is due goes on."""

from privacy import tasks
from privacy.models import Deletion, Export


def clean() -> None:
    """Delete expired exports, and queue the next step of deletions that are due."""
    Export.objects.expire()
    for person in Deletion.objects.due().values_list("pk", flat=True):
        if Deletion.objects.lease(person):
            tasks.continue_deletion.enqueue(person)
