"""Complete names behind an "@" with people who write in the discussion."""

from collections.abc import Iterable

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from forum.discussion.models.comment import Comment
from forum.discussion.models.discussion import Discussion

# Only the newest comments are read, so that it costs the same in a discussion of any size.
COMMENTS_LOOKED_AT = 500
NAMES_OFFERED = 8


def names_in(discussion: Discussion, *, beginning: str, thread: int | None = None) -> list[str]:
    """Return names with a word that begins so: of people in this thread, then of the latest
    writers, then of the article's author.
    """
    comments = Comment.objects.filter(discussion=discussion.pk, status=Comment.Status.PUBLISHED)
    newest = _writers(comments.order_by("-pk"))
    in_thread = _writers(comments.filter(root=thread).order_by("-reply_number")) if thread else []
    keys = dict.fromkeys([*in_thread, *newest, discussion.article.author_id])
    active = get_user_model().objects.filter(is_active=True).only("username")
    people = active.in_bulk([key for key in keys if key])
    names = (people[key].username for key in keys if key in people)
    return list(_beginning(names, beginning.casefold()))[:NAMES_OFFERED]


def _writers(comments: "QuerySet[Comment]") -> Iterable[int | None]:
    return comments.values_list("author", flat=True)[:COMMENTS_LOOKED_AT]


def _beginning(names: Iterable[str], letters: str) -> Iterable[str]:
    for name in names:
        whole = name.casefold()
        if whole.startswith(letters) or any(word.startswith(letters) for word in whole.split()):
            yield name
