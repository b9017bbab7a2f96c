"""Methods that read comments."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, FilteredRelation, Q
from django.utils import timezone

from articles.models import Article
from articles.models.article import long_columns

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
        """Order by the time of writing, the newest first, then by key."""
        return self.order_by("-created_at", "-pk")

    def heads(self) -> Self:
        """Return the first comments of threads that lists show, with placeholders above replies."""
        return self.filter(parent__isnull=True, is_listed=True)

    def with_vote_of(self, person: int | None) -> Self:
        """Annotate the vote of the person with this key as `own_vote`."""
        if person is None:
            return self
        vote = FilteredRelation("votes", condition=Q(votes__voter=person))
        return self.annotate(vote=vote, own_vote=F("vote__value"))

    def with_article(self) -> Self:
        """Select the article of each comment without its text, which may be long, and the comment
        without the words by which it is found.
        """
        columns = long_columns("discussion__article")
        return self.select_related("discussion__article").defer("search_words", *columns)

    def asked(self, *kinds: str, is_resolved: bool = False) -> Self:
        """Return published questions and corrections for the editors, or only those of some
        kinds.
        """
        of_kinds = Q(kind__in=kinds) if kinds else Q(kind__isnull=False)
        return self.filter(
            of_kinds, resolved_at__isnull=not is_resolved, status=self.model.Status.PUBLISHED
        )
