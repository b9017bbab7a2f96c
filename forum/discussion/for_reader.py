"""Read the discussion of an article for one reader, with their visit and draft, in one query."""

from typing import Any

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery

from articles.models import Article
from database.prepared import PreparedQuery, param
from forum.discussion.models.comment import Comment
from forum.discussion.models.discussion import Discussion
from forum.discussion.models.draft import Draft
from forum.discussion.models.visit import Visit
from forum.people.models.moderator import Moderator
from forum.people.models.sanction import Sanction

PINNED = {"html": "html", "status": "status", "name": "author__username"}
DRAFT = ("pk", "key", "created_at")
LATEST_BY_READER = 20


def discussion_of(article: Article, *, person: Any, holder: str = "") -> Discussion:
    """Return the article's discussion. `holder` is the digest of the browser's cookie
    (forum.discussion.draft_cookie).
    """
    query = DISCUSSION_OF_READER if person.is_authenticated else DISCUSSION
    rows = query.objects(article.pk, person.pk or 0, holder)
    discussion: Discussion = next(iter(rows), None) or Discussion.objects.unsaved(article)
    discussion.article = article
    if person.is_authenticated:
        _set_visit_and_draft(discussion, person, holder)
        discussion.sanction = _sanction_of(person, discussion)
    return discussion


def _discussion() -> "QuerySet[Discussion]":
    latest = Comment.objects.filter(discussion=OuterRef("pk")).order_by("-pk")
    newest: dict[str, Any] = {"newest": Subquery(latest.values("pk")[:1])}
    pinned = {f"pinned_{name}": F(f"pinned__{column}") for name, column in PINNED.items()}
    discussions = Discussion.objects.with_policy().filter(article=param(1))
    return discussions.annotate(**newest, **pinned).order_by()


def _for_reader() -> "QuerySet[Discussion]":
    visit = FilteredRelation("visits", condition=Q(visits__person=param(2)))
    visited = {
        "visit_pk": F("v__pk"),
        "visit_at": F("v__at"),
        "seen": F("v__seen"),
        "seen_before": F("v__seen_before"),
    }
    drafts = Draft.objects.unfinished_in(param(1), person=param(2), holder=str(param(3)))
    draft = {f"draft_{name}": Subquery(drafts.values(name)[:1]) for name in DRAFT}
    scope = Q(topic=None) | Q(topic=OuterRef("article__topic"))
    of_this = Moderator.objects.filter(scope, person=param(2))
    sanctions = Sanction.objects.filter(person=param(2), lifted_at=None)
    reader: dict[str, Any] = {
        "reader_moderates": Exists(of_this),
        "was_sanctioned": Exists(sanctions),
        "waiting": _waiting(),
    }
    return _discussion().annotate(v=visit, **visited, **draft, **reader)


def _waiting() -> Subquery:
    """Return their newest held comment here. Only their latest comments are searched, because some
    people wrote thousands.
    """
    latest = Comment.objects.filter(author=param(2)).newest().values("pk")[:LATEST_BY_READER]
    here = Comment.objects.filter(pk__in=latest, discussion=OuterRef("pk"))
    held = here.filter(status=Comment.Status.HELD).order_by("-pk")
    return Subquery(held.values("pk")[:1])


def _sanction_of(person: Any, discussion: Any) -> Sanction | None:
    """Return the sanction in force. Only an unsaved discussion does not know whether to ask."""
    may_be_there = discussion.pk is None or discussion.was_sanctioned
    return Sanction.objects.of(person) if may_be_there else None


DISCUSSION = PreparedQuery(_discussion)
DISCUSSION_OF_READER = PreparedQuery(_for_reader)


def _set_visit_and_draft(discussion: Any, person: Any, holder: str) -> None:
    if discussion.pk is None:
        drafts = Draft.objects.unfinished_in(discussion.article.pk, person=person.pk, holder=holder)
        discussion.draft = drafts.alive().first()
        return
    draft = Draft(**{name: getattr(discussion, f"draft_{name}") for name in DRAFT})
    discussion.draft = draft if draft.key and draft.is_alive else None
    if discussion.visit_pk:
        discussion.visit = Visit(
            pk=discussion.visit_pk,
            person=person,
            at=discussion.visit_at,
            seen=discussion.seen,
            seen_before=discussion.seen_before,
        )
