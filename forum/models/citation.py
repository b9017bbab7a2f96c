from django.db import models
from django.utils.translation import gettext_lazy as _


class Citation(models.Model):
    """A comment that shows the author and first line of another one, which it links to."""

    comment = models.ForeignKey("forum.Comment", models.CASCADE, related_name="citations", db_index=False)
    cited = models.ForeignKey("forum.Comment", models.CASCADE, related_name="cited_by")

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["comment", "cited"]
        constraints = [models.UniqueConstraint(fields=["comment", "cited"], name="citation_once_per_comment")]

    def __str__(self) -> str:
        return f"#{self.comment_id} cites #{self.cited_id}"
