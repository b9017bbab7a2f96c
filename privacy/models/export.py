import uuid
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from accounts.models import User

# So long the file can be downloaded, from when it is ready.
LIFETIME = timedelta(days=7)
# One in this time. One that takes longer has failed: its worker is gone, and with it the task.
PAUSE = timedelta(days=1)
# A file that no row names is left over from a worker that died.
LEFT_OVER = timedelta(hours=1)


class ExportQuerySet(models.QuerySet["Export"]):
    def of(self, person: "User") -> "Export | None":
        return self.filter(person=person.pk).first()

    def over(self) -> Self:
        return self.filter(ready_at__lt=timezone.now() - LIFETIME)

    def expire(self) -> None:
        """Delete exports whose time is over, and files that belong to none."""
        for export in self.over():
            export.discard()
        self.filter(ready_at=None, failed_at=None, requested_at__lt=timezone.now() - PAUSE).update(
            failed_at=timezone.now()
        )
        self._delete_left_over()

    def _delete_left_over(self) -> None:
        old = timezone.now() - LEFT_OVER
        files = [file for file in folder().glob("*") if _written_at(file) < old]
        known = {export.path for export in self.all()} if files else set()
        for file in files:
            if file not in known:
                file.unlink(missing_ok=True)


class Export(models.Model):
    """A person's own data in one file, which they can download until it expires."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="data_export"
    )
    requested_at = models.DateTimeField(default=timezone.now)
    ready_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("export of a person’s data")
        verbose_name_plural = _("exports of people’s data")
        ordering = ["-requested_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ready_at=None) | Q(failed_at=None), name="export_ready_or_failed"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def path(self) -> Path:
        return folder() / f"{self.pk.hex}.zip"

    @property
    def expires_at(self) -> datetime | None:
        return self.ready_at + LIFETIME if self.ready_at else None

    @property
    def is_ready(self) -> bool:
        return bool(self.expires_at and timezone.now() < self.expires_at and self.path.exists())

    @property
    def is_running(self) -> bool:
        return self.ready_at is None and self.failed_at is None

    @property
    def next_at(self) -> datetime:
        """Return when the next one can be requested: at once if this one failed."""
        return self.requested_at if self.has_failed else self.requested_at + PAUSE

    @property
    def has_failed(self) -> bool:
        return self.failed_at is not None or (self.ready_at is not None and not self.path.exists())

    def discard(self) -> None:
        """Delete the file, then the row: a file without a row would be found later only."""
        self.path.unlink(missing_ok=True)
        self.delete()


def folder() -> Path:
    return Path(settings.DATA_DIR) / "exports"


def _written_at(file: Path) -> datetime:
    return datetime.fromtimestamp(file.stat().st_mtime, tz=timezone.get_default_timezone())
