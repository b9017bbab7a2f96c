"""Render stored comments again, in batches. Ids, times, versions and citations stay."""

from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction

from database.search import plain
from forum.discussion.models.comment import Comment
from forum.discussion.rendering.body import Rendering, render_body
from forum.discussion.words import words_of_comment
from forum.screening.models.link import Link
from forum.screening.spam.fingerprint import fingerprint
from text.visible import with_addresses

BATCH: Final = 500


@dataclass(frozen=True)
class Change:
    comment: Comment
    rendering: Rendering

    @property
    def before(self) -> str:
        return self.comment.text

    @property
    def after(self) -> str:
        return self.rendering.text

    @property
    def columns(self) -> dict[str, Any]:
        html, text = self.rendering.html, self.rendering.text
        return {
            "html": html,
            "visible_text": text,
            "search_words": words_of_comment(text, article=self.comment.discussion.article_id),
            "fingerprint": fingerprint(with_addresses(text, html)),
        }


@dataclass(frozen=True)
class Batch:
    changes: list[Change]
    looked_at: int
    last: int  # the key of the last comment looked at


def changes(*, after: int = 0, size: int = BATCH) -> Batch | None:
    """Return the differences in the next comments behind this key, or None behind the last one."""
    comments = list(
        Comment.objects.filter(pk__gt=after).select_related("discussion").order_by("pk")[:size]
    )
    if not comments:
        return None
    rendered = [Change(comment, render_body(comment.body, by=comment)) for comment in comments]
    return Batch(
        [change for change in rendered if _is_different(change)], len(comments), comments[-1].pk
    )


@transaction.atomic
def save(changes: list[Change]) -> None:
    """Store the new HTML, unless a comment was edited meanwhile, which rendered it."""
    for change in changes:
        comment = change.comment
        unedited = Comment.objects.filter(pk=comment.pk, version=comment.version, body=comment.body)
        if unedited.update(**change.columns):
            comment.html, comment.visible_text = change.rendering.html, change.rendering.text
            Link.objects.record_anew(comment)
    for discussion in {change.comment.discussion for change in changes}:
        discussion.touch()


def _is_different(change: Change) -> bool:
    now = {name: getattr(change.comment, name) for name in change.columns}
    now["search_words"] = plain(now["search_words"])
    return now != change.columns
