"""The words for reading comments."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, FilteredRelation, Q
from django.utils import timezone

from articles.models import Article

if TYPE_CHECKING:
    # The text below is a name to the type checker.
    from forum.discussion.models.comment import Comment  # noqa: F401


class CommentQuerySet(models.QuerySet["Comment"]):
    def published(self) -> Self:
        return self.filter(
            status=self.model.Status.PUBLISHED,
            discussion__article__status=Article.Status.PUBLISHED,
            discussion__article__published_at__lte=timezone.now(),
        )

    def newest(self) -> Self:
        """By the time they were written; of those of the
        same moment the one that came last is first.
        """
        return self.order_by("-created_at", "-pk")

    def heads(self) -> Self:
        """The first comments of threads that are shown: comments,
        and placeholders where something asks for one.
        """
        return self.filter(parent__isnull=True, is_listed=True)

    def with_vote_of(self, person: int | None) -> Self:
        """With what the person with this key thinks of each, as `own_vote`."""
        if person is None:
            return self
        vote = FilteredRelation("votes", condition=Q(votes__voter=person))
        return self.annotate(vote=vote, own_vote=F("vote__value"))

    def with_article(self) -> Self:
        """With the article of each, but not the article's text, which may be long."""
        text = ("discussion__article__body", "discussion__article__body_html")
        return self.select_related("discussion__article").defer(*text)

    def asked(self, *kinds: str, is_resolved: bool = False) -> Self:
        """Questions and corrections that readers put to the
        editors; those of some kinds, if any are named.
        """
        of_kinds = Q(kind__in=kinds) if kinds else Q(kind__isnull=False)
        return self.filter(
            of_kinds, resolved_at__isnull=not is_resolved, status=self.model.Status.PUBLISHED
        )
