"""Let an author edit, delete and restore a comment."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from forum import tasks
from forum.cases.models import Case
from forum.discussion.clock import is_within
from forum.discussion.models.citation import Citation
from forum.discussion.models.comment import SILENT_EDIT_WINDOW, Comment
from forum.discussion.models.revision import Revision
from forum.discussion.rendering.body import render_body
from forum.discussion.rendering.references import names_in
from forum.discussion.words import words_of_comment
from forum.posting.intake import screen_edit
from forum.posting.visibility import THREAD, Status, change_status
from forum.screening.models.link import Link
from forum.screening.spam.fingerprint import fingerprint
from text.visible import with_addresses


def edit_comment(comment: Comment, *, body: str) -> bool:
    """Change the text of this version. Return False if it was edited or taken away meanwhile.

    The new text is screened as a new comment is: it is refused or held if it breaks a rule. Raises
    a Refusal.
    """
    hold = screen_edit(comment, body)
    with transaction.atomic():
        comment.lock()
        is_young = is_within(SILENT_EDIT_WINDOW, comment.created_at)
        is_marked = not is_young or comment.replies.exists()
        is_done = reword(comment, body, is_marked=is_marked, at=timezone.now())
        if is_done and hold:
            hold.begin(comment)
    return is_done


def reword(
    comment: Comment, body: str, *, is_marked: bool, at: datetime, status: str = Status.PUBLISHED
) -> bool:
    """Change the text, for authors and moderators. Needs comment.lock()."""
    rendering = render_body(body, by=comment)
    judged = with_addresses(rendering.text, rendering.html)
    changes: dict[str, Any] = {
        "body": body,
        "html": rendering.html,
        "version": comment.version + 1,
        "visible_text": rendering.text,
        "search_words": words_of_comment(rendering.text, article=comment.discussion.article_id),
        "fingerprint": fingerprint(judged),
    }
    before, people = Revision.of(comment), {*names_in(comment.html).values()}
    if is_marked:
        changes["edited_at"] = at
    if not comment.update_while({"status": status, "version": comment.version}, **changes):
        return False
    if is_marked:
        before.save(force_insert=True)
    Citation.objects.record_anew(comment, rendering.cited)
    Link.objects.record_anew(comment)
    if comment.imported_at is None and people != {*names_in(rendering.html).values()}:
        tasks.comment_edited.enqueue(comment.pk)
    comment.discussion.touch()
    return True


@transaction.atomic
def delete_comment(comment: Comment) -> bool:
    comment.lock()
    comment.refresh_from_db(fields=THREAD)
    before = Status.HELD if comment.is_held else Status.PUBLISHED
    if not change_status(comment, before, Status.DELETED):
        return False
    Case.objects.withdraw(comment)
    return True


@transaction.atomic
def undelete_comment(comment: Comment) -> bool:
    """Restore a deleted comment. Its case opens again if it had one, and it is held again if it was
    held.
    """
    comment.lock()
    comment.refresh_from_db(fields=THREAD)
    has_case = comment.status == Status.DELETED and Case.objects.resume(comment)
    after = Status.HELD if has_case and _was_held(comment) else Status.PUBLISHED
    return change_status(comment, Status.DELETED, after)


def _was_held(comment: Comment) -> bool:
    """Return whether the latest decision about it, by a rule or a moderator, was to hold it."""
    decisions = comment.moderation_actions.filter(kind__in=["hold", "approve", "edit", "restore"])
    return decisions.order_by("-pk").values_list("kind", flat=True).first() == "hold"
