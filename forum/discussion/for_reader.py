"""Read the discussion of an article for one reader, with their visit and draft, in one query."""

from typing import Any

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery

from articles.models import Article
from database.prepared import PreparedQuery, param
from forum.discussion.models.comment import Comment
from forum.discussion.models.discussion import Discussion
from forum.discussion.models.draft import Draft
from forum.discussion.models.policy import Policy
from forum.discussion.models.visit import Visit
from forum.people.models.moderator import Moderator

PINNED = {"html": "html", "status": "status", "name": "author__username"}
LATEST_BY_READER = 20


def discussion_of(article: Article, *, person: Any, holder: str = "") -> Discussion:
    """Return the article's discussion. `holder` is the digest of the browser's cookie
    (forum.discussion.draft_cookie).
    """
    statement = DISCUSSION_OF_READER if person.is_authenticated else DISCUSSION
    found = list(statement.objects(article.pk, person.pk or 0, holder))
    discussion: Discussion = found[0] if found else _nobody_wrote_yet(article)
    discussion.article = article
    if person.is_authenticated:
        _add_what_was_left(discussion, person, holder)
    return discussion


def _nobody_wrote_yet(article: Article) -> Discussion:
    discussion = Discussion()
    discussion.policy = Policy.objects.of(article)
    return discussion


def _discussion_to_read() -> "QuerySet[Discussion]":
    latest = Comment.objects.filter(discussion=OuterRef("pk")).order_by("-pk")
    newest: dict[str, Any] = {"newest": Subquery(latest.values("pk")[:1])}
    pinned = {f"pinned_{name}": F(f"pinned__{column}") for name, column in PINNED.items()}
    return (
        Discussion.objects.with_policy()
        .filter(article=param(1))
        .annotate(**newest, **pinned)
        .order_by()
    )


def _discussion_of_reader() -> "QuerySet[Discussion]":
    visit = FilteredRelation("visits", condition=Q(visits__person=param(2)))
    visited = {
        "visit_pk": F("v__pk"),
        "visit_at": F("v__at"),
        "seen": F("v__seen"),
        "seen_before": F("v__seen_before"),
    }
    drafts = Draft.objects.unfinished_in(param(1), person=param(2), holder=str(param(3)))
    left = {
        f"draft_{name}": Subquery(drafts.values(name)[:1]) for name in ("pk", "key", "created_at")
    }
    of_this = Moderator.objects.filter(
        Q(topic=None) | Q(topic=OuterRef("article__topic")), person=param(2)
    )
    reader: dict[str, Any] = {"reader_moderates": Exists(of_this), "waiting": _waiting()}
    return _discussion_to_read().annotate(v=visit, **visited, **left, **reader)


def _waiting() -> Subquery:
    """Return their newest held comment here. Only their latest comments are searched, because some
    people wrote thousands.
    """
    latest = Comment.objects.filter(author=param(2)).newest().values("pk")[:LATEST_BY_READER]
    held = Comment.objects.filter(
        pk__in=latest, discussion=OuterRef("pk"), status=Comment.Status.HELD
    )
    return Subquery(held.order_by("-pk").values("pk")[:1])


DISCUSSION = PreparedQuery(_discussion_to_read)
DISCUSSION_OF_READER = PreparedQuery(_discussion_of_reader)


def _add_what_was_left(discussion: Any, person: Any, holder: str) -> None:
    if discussion.pk is None:
        drafts = Draft.objects.unfinished_in(discussion.article.pk, person=person.pk, holder=holder)
        discussion.draft = drafts.alive().first()
        return
    draft = Draft(
        pk=discussion.draft_pk, key=discussion.draft_key, created_at=discussion.draft_created_at
    )
    discussion.draft = draft if draft.key and draft.is_alive else None
    if discussion.visit_pk:
        left = {
            "at": discussion.visit_at,
            "seen": discussion.seen,
            "seen_before": discussion.seen_before,
        }
        discussion.visit = Visit(pk=discussion.visit_pk, person=person, **left)
