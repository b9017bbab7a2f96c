from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from forum.discussion.models.comment import Comment


class Revision(models.Model):
    """Words a comment had before an edit that readers are told of: one
    that is silent leaves none.
    """

    comment = models.ForeignKey(
        "forum.Comment", models.CASCADE, related_name="revisions", db_index=False
    )
    version = models.PositiveIntegerField(db_column="edition")
    body = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)  # when these words were written

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["comment", "version"]
        constraints = [
            models.UniqueConstraint(fields=["comment", "version"], name="revision_once_per_edition")
        ]

    def __str__(self) -> str:
        return f"#{self.comment_id}, {self.version}"

    @classmethod
    def of(cls, comment: "Comment") -> "Revision":
        """The words as they are now, not yet saved."""
        written = comment.edited_at or comment.created_at
        return cls(comment=comment, version=comment.version, body=comment.body, created_at=written)
