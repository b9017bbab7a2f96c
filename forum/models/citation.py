from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from forum.models.discussion import Discussion
from forum.rendering import cited_in, render_words
from pagecache import versions

if TYPE_CHECKING:
    from forum.models.comment import Comment


class CitationManager(models.Manager["Citation"]):
    def discussions_citing(self, comment: "Comment") -> set[int]:
        return set(self.filter(cited=comment).values_list("comment__discussion", flat=True))

    def hold(self, comment: "Comment") -> None:
        """Shows what a new comment cites as it is now, and keeps it so until the comment is saved."""
        comment.discussion.lock(*discussions_cited_in(comment.body))
        comment.html = render_words(comment.body).html

    def record(self, comment: "Comment", cited: Iterable[int]) -> None:
        self.bulk_create(Citation(comment=comment, cited_id=pk) for pk in cited)

    def record_anew(self, comment: "Comment", cited: Iterable[int]) -> None:
        comment.citations.all().delete()
        self.record(comment, cited)

    def renew(self, cited: "Comment") -> None:
        """Comments that show this one show it as it is now: words that are changed or gone live on nowhere."""
        comments = type(cited).objects.filter(citations__cited=cited)
        citing = list(comments.order_by("pk"))
        for comment in citing:
            # Edited meanwhile: rendered then, after this change or without citing it.
            comments.filter(pk=comment.pk, edition=comment.edition).update(
                html=render_words(comment.body, by=comment).html
            )
        elsewhere = {comment.discussion_id for comment in citing} - {cited.discussion_id}
        if elsewhere:
            discussions = Discussion.objects.filter(pk__in=elsewhere)
            discussions.update(version=F("version") + 1)
            versions.purge(*discussions.values_list("article", flat=True))


class Citation(models.Model):
    """A comment that shows the author and first line of another one, which it links to."""

    comment = models.ForeignKey("forum.Comment", models.CASCADE, related_name="citations", db_index=False)
    cited = models.ForeignKey("forum.Comment", models.CASCADE, related_name="cited_by")

    objects = CitationManager()

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["comment", "cited"]
        constraints = [models.UniqueConstraint(fields=["comment", "cited"], name="citation_once_per_comment")]

    def __str__(self) -> str:
        return f"#{self.comment_id} cites #{self.cited_id}"


def discussions_cited_in(body: str) -> set[int]:
    """Held while such words are written, so that nothing they show is changed or taken away in the same moment."""
    from forum.models.comment import Comment

    keys = set(cited_in(body).values())
    return set(Comment.objects.filter(pk__in=keys).values_list("discussion", flat=True)) if keys else set()
