from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from forum.discussion.models.comment import Comment


class CitationManager(models.Manager["Citation"]):
    def record(self, comment: "Comment", cited: Iterable[int]) -> None:
        self.bulk_create(Citation(comment=comment, cited_id=pk) for pk in cited)

    def record_anew(self, comment: "Comment", cited: Iterable[int]) -> None:
        comment.citations.all().delete()
        self.record(comment, cited)


class Citation(models.Model):
    """A comment that quotes another one, with its author and first line, by a link on a line of its
    own.
    """

    comment = models.ForeignKey(
        "forum.Comment", models.CASCADE, related_name="citations", db_index=False
    )
    cited = models.ForeignKey("forum.Comment", models.CASCADE, related_name="cited_by")

    objects = CitationManager()

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["comment", "cited"]
        constraints = [
            models.UniqueConstraint(fields=["comment", "cited"], name="citation_once_per_comment")
        ]

    def __str__(self) -> str:
        return f"#{self.comment_id} cites #{self.cited_id}"
