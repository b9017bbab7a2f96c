from typing import Any

from database.keyset import Cursor, page_by_time
from forum.discussion.models.comment import Comment
from forum.discussion.rendering.references import fill_in

COMMENTS_PER_PERSON_PAGE = 30


def person_page(person: Any, *, after: Cursor | None = None) -> tuple[list[Comment], str]:
    """Return a person's published comments, the newest first, and the cursor of the next page."""
    comments = Comment.objects.published().filter(author=person).with_article()
    page, next_cursor = page_by_time(comments, after=after, number=COMMENTS_PER_PERSON_PAGE)
    fill_in(page)
    return page, next_cursor
