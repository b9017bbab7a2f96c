from typing import TYPE_CHECKING, Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from forum.people.reasons import Reason
from forum.screening.spam.tokens import sites

if TYPE_CHECKING:
    from forum.discussion.models.comment import Comment

DOMAIN_MAX_LENGTH: Final = 253
# A domain is judged by so many of the latest comments that link to it.
LATEST: Final = 20
# A domain linked to so often without spam speaks for a comment.
ENOUGH_TO_BE_KNOWN: Final = 5


class LinkManager(models.Manager["Link"]):
    def record(self, comment: "Comment") -> None:
        domains = [domain for domain in sites(comment.judged) if len(domain) <= DOMAIN_MAX_LENGTH]
        if domains:
            self.bulk_create(Link(comment=comment, domain=domain) for domain in domains)

    def record_anew(self, comment: "Comment") -> None:
        self.filter(comment=comment).delete()
        self.record(comment)

    def standing(self, domain: str, *, without: int | None = None) -> str:
        """Return the sign of the domain's reputation here (forum.screening.spam.signs), or ""."""
        latest = self.filter(domain=domain).exclude(comment=without).order_by("-comment")
        outcomes = list(latest.values_list("comment__status", "comment__removal_reason")[:LATEST])
        spam = sum(map(is_spam, *zip(*outcomes, strict=True))) if outcomes else 0
        if 2 * spam >= len(outcomes) > 0:
            return "#site of spam"
        return "#known site" if len(outcomes) >= ENOUGH_TO_BE_KNOWN and not spam else ""


class Link(models.Model):
    """A domain that a comment links to."""

    comment = models.ForeignKey(
        "forum.Comment", models.CASCADE, related_name="links", db_index=False
    )
    domain = models.CharField(max_length=DOMAIN_MAX_LENGTH)

    objects = LinkManager()

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["domain", "-comment"], name="link_by_domain")]
        constraints = [
            models.UniqueConstraint(fields=["comment", "domain"], name="link_once_per_comment")
        ]

    def __str__(self) -> str:
        return self.domain


def is_spam(status: str, removal_reason: str) -> bool:
    """Return True if a comment with this status and reason was removed as spam."""
    return status == "erased" or removal_reason == Reason.SPAM
