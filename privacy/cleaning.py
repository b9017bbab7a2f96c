"""Periodic work of the worker: what is over goes, what is due goes on."""

from django.utils import timezone

from accounts.models import Proof
from accounts.proofs import KEPT
from forum.discussion.models.draft import DRAFT_LIFETIME, Draft
from privacy import tasks
from privacy.models import Deletion, Export


def clean() -> None:
    """Delete what has expired, and queue the next step of deletions that are due."""
    now = timezone.now()
    Draft.objects.filter(created_at__lt=now - DRAFT_LIFETIME).delete()
    Proof.objects.filter(created_at__lt=now - KEPT).delete()
    Export.objects.expire()
    for person in Deletion.objects.due().values_list("pk", flat=True):
        if Deletion.objects.lease(person):
            tasks.continue_deletion.enqueue(person)
