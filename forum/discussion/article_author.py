"""Let a discussion follow another author of its article."""

from django.db import transaction
from django.db.models import OuterRef, Q, Subquery

from articles.models import Article
from forum.discussion.models.comment import Comment
from forum.discussion.models.discussion import Discussion

NOBODY = 0  # the key of no person: comments without an author are not by the author


@transaction.atomic
def author_changed(article: Article) -> None:
    """Store on each thread the latest reply by the person who is the article's author now."""
    discussion = Discussion.objects.filter(article=article).first()
    if discussion is None:
        return
    discussion.lock()
    replies = Comment.objects.filter(
        discussion=discussion,
        root__isnull=False,
        author=article.author_id or NOBODY,
        status=Comment.Status.PUBLISHED,
    ).order_by()
    has_reply = Q(latest_author_reply__isnull=False) | Q(pk__in=replies.values("root"))
    heads = Comment.objects.filter(has_reply, discussion=discussion, parent=None)
    latest = replies.filter(root=OuterRef("pk")).order_by("-pk").values("pk")
    heads.order_by().update(latest_author_reply=Subquery(latest[:1]))
    discussion.touch()
