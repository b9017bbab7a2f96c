"""Edit a comment, delete it and bring it back, as its author may."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from forum.cases.models import Case
from forum.discussion.clock import is_within
from forum.discussion.models.citation import Citation
from forum.discussion.models.comment import SILENT_EDIT_WINDOW, Comment
from forum.discussion.models.revision import Revision
from forum.discussion.rendering.body import render_words
from forum.posting.intake import screen_edit
from forum.posting.visibility import Status, change_status
from forum.screening.models.link import Link
from forum.screening.spam.fingerprint import fingerprint
from text.visible import with_addresses


def edit_comment(comment: Comment, *, body: str) -> bool:
    """Change the words of this edition; False when somebody was
    first, with other words or by taking it away.

    New words are received as a new comment is: what is against
    a rule is refused, or held. Raises a Refusal.
    """
    waits = screen_edit(comment, body)
    with transaction.atomic():
        comment.lock()
        is_told = not is_within(SILENT_EDIT_WINDOW, comment.created_at) or comment.replies.exists()
        is_done = reword(comment, body, is_told=is_told, at=timezone.now())
        if is_done and waits:
            waits.begin(comment)
    return is_done


def reword(
    comment: Comment, body: str, *, is_told: bool, at: datetime, status: str = Status.PUBLISHED
) -> bool:
    """Change the words, for edit_comment() and for moderators: under comment.lock()."""
    words = render_words(body, by=comment)
    changes: dict[str, Any] = {"body": body, "html": words.html, "version": comment.version + 1}
    changes |= {
        "visible_text": words.text,
        "fingerprint": fingerprint(with_addresses(words.text, words.html)),
    }
    before = Revision.of(comment)
    if is_told:
        changes["edited_at"] = at
    if not comment.update_while({"status": status, "version": comment.version}, **changes):
        return False
    if is_told:
        before.save(force_insert=True)
    Citation.objects.record_anew(comment, words.cited)
    Link.objects.record_anew(comment)
    comment.discussion.touch()
    return True


@transaction.atomic
def delete_comment(comment: Comment) -> bool:
    before = Status.HELD if comment.is_held else Status.PUBLISHED
    if not change_status(comment, before, Status.DELETED):
        return False
    Case.objects.withdraw(comment)
    return True


@transaction.atomic
def undelete_comment(comment: Comment) -> bool:
    """Bring it back. What waited for a moderator waits again: out of sight, if it did so before."""
    comment.lock()
    waits = comment.status == Status.DELETED and Case.objects.resume(comment)
    is_hidden = waits and _was_held(comment)
    return change_status(comment, Status.DELETED, Status.HELD if is_hidden else Status.PUBLISHED)


def _was_held(comment: Comment) -> bool:
    """Return whether the last decision about it, by a rule or a moderator, hid it."""
    decisions = comment.moderation_actions.filter(kind__in=["hold", "approve", "edit", "restore"])
    return decisions.order_by("-pk").values_list("kind", flat=True).first() == "hold"
