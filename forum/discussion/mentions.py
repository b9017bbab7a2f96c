"""Who can be named in a discussion: the people who write in it."""

from collections.abc import Iterable

from django.contrib.auth import get_user_model

from forum.discussion.models.comment import Comment
from forum.discussion.models.discussion import Discussion

# Looking at the newest comments costs the same in a discussion of any
# size; whoever was silent since is typed in full.
COMMENTS_LOOKED_AT = 500
NAMES_OFFERED = 8


def names_in(discussion: Discussion, *, beginning: str, thread: int | None = None) -> list[str]:
    """Names of which a word begins so: of this thread first, then
    of who wrote last, then the article's author.
    """
    comments = Comment.objects.filter(discussion=discussion.pk, status=Comment.Status.PUBLISHED)
    newest = comments.order_by("-pk").values_list("author", flat=True)[:COMMENTS_LOOKED_AT]
    in_thread = (
        comments.filter(root=thread)
        .order_by("-reply_number")
        .values_list("author", flat=True)[:COMMENTS_LOOKED_AT]
    )
    keys = dict.fromkeys([*(in_thread if thread else []), *newest, discussion.article.author_id])
    people = (
        get_user_model()
        .objects.filter(is_active=True)
        .only("username")
        .in_bulk([key for key in keys if key])
    )
    names = (people[key].username for key in keys if key in people)
    return list(_beginning(names, beginning.casefold()))[:NAMES_OFFERED]


def _beginning(names: Iterable[str], letters: str) -> Iterable[str]:
    for name in names:
        whole = name.casefold()
        if whole.startswith(letters) or any(word.startswith(letters) for word in whole.split()):
            yield name
