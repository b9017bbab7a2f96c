"""Post a comment: admit its writer, screen its words, give it a place and count it."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Unpack
from uuid import NAMESPACE_OID, uuid5

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.db.models import Value
from django.utils import timezone

from database.prepared import PreparedQuery, param
from forum.discussion.models import thread
from forum.discussion.models.about import AboutFields
from forum.discussion.models.citation import Citation
from forum.discussion.models.comment import NEAREST_ANCESTORS, Comment
from forum.discussion.models.discussion import Discussion, open_at
from forum.discussion.rendering.body import render_words
from forum.posting.intake import Hold, screen_new
from forum.posting.pace import admit, admit_pace
from forum.posting.refusals import DiscussionClosed, TooFast
from forum.posting.visibility import appear
from forum.screening.models.link import Link
from forum.screening.spam.fingerprint import fingerprint

if TYPE_CHECKING:
    from accounts.models import User


def post_comment(
    discussion: Discussion,
    *,
    by: "User | None",
    body: str,
    parent: Comment | None = None,
    key: str,
    at: datetime | None = None,
    imported_at: datetime | None = None,
    network: str = "",
    **tie: Unpack[AboutFields],
) -> Comment:
    """Publish a comment, or hold it where a rule or the policy of the place asks for a look.

    The same key with the same words is the same comment, however often it is sent.

    `at` is the time of a comment that was written before: it is not held to the limits of this
    site. Without it the comment is written now, and never before the newest of the discussion,
    whatever the clock says. `imported_at` marks a comment from elsewhere: it is nobody's news.
    `network` is where it comes from (forum.people.network). Raises a Refusal.
    """
    earlier = _posted(discussion, by, key)
    if earlier and (at or earlier.says(body)):
        return earlier
    if earlier:
        # A form that came back by the browser's own button:
        # other words, or words that were taken back.
        other = str(uuid5(NAMESPACE_OID, f"{key} {earlier.pk} {body}"))
        return post_comment(
            discussion, by=by, body=body, parent=parent, key=other, network=network, **tie
        )
    words: dict[str, Any] = {"author": by, "body": body, "parent": parent, "key": key, **tie}
    try:
        return _write(discussion, words, at=at, imported_at=imported_at, network=network)
    except (IntegrityError, TooFast):
        if earlier := _posted(discussion, by, key):  # the same form, sent twice at once
            return earlier
        raise


def compose(
    *,
    discussion: Discussion,
    author: "User | None",
    body: str,
    parent: Comment | None,
    key: str,
    at: datetime,
    **tie: Unpack[AboutFields],
) -> Comment:
    """Return the comment with its place in the thread and its HTML, not yet saved."""
    words = render_words(body)
    comment = Comment(
        discussion=discussion,
        author=author,
        body=body,
        html=words.html,
        idempotency_key=key,
        created_at=at,
        **tie,
    )
    comment.cites = words.cited
    comment.visible_text = words.text
    comment.fingerprint = fingerprint(comment.judged)
    if parent:
        comment.parent = parent
        comment.root = parent.root or parent
        comment.depth = parent.depth + 1
        comment.ancestor_ids = [*parent.ancestor_ids, parent.pk][-NEAREST_ANCESTORS:]
    return comment


def _write(
    discussion: Discussion,
    words: dict[str, Any],
    *,
    at: datetime | None,
    imported_at: datetime | None,
    network: str,
) -> Comment:
    writer: User | None = None if at else words["author"]
    if writer:
        admit(writer, discussion)
    comment = compose(discussion=discussion, at=at or timezone.now(), **words)
    comment.imported_at = imported_at
    waits = screen_new(comment, by=writer, network=network) if writer else None
    _save(comment, waits, paced=writer)
    return comment


def _posted(discussion: Discussion, by: "User | None", key: str) -> Comment | None:
    if by is None or discussion.pk is None:
        return (
            Comment.objects.filter(discussion=discussion.pk, author=by, idempotency_key=key).first()
            if discussion.pk
            else None
        )
    return next(iter(POSTED.objects(discussion.pk, by.pk, key)), None)


@transaction.atomic
def _save(comment: Comment, waits: Hold | None, *, paced: "User | None") -> None:
    """Save the comment and whatever follows from it.

    Before the discussion the row of the writer is locked: of many comments sent at once, each
    is counted when the next one is checked.
    """
    discussion = comment.discussion
    if paced:
        HELD_PERSON.values(paced.pk)
        admit_pace(paced, discussion)
    discussion.ensure_row()
    comment.discussion = discussion
    _lock_discussion(comment, is_new=paced is not None)
    if waits:
        comment.status, comment.status_at = comment.Status.HELD, comment.created_at
        comment.is_listed = False
    thread.take_place(comment)
    comment.save(force_insert=True)
    Citation.objects.record(comment, comment.cites)
    Link.objects.record(comment)
    if waits:
        waits.begin(comment)
    else:
        appear(comment)


def _lock_discussion(comment: Comment, *, is_new: bool) -> None:
    """Lock the discussion, in whose order the comment gets its place. Raise DiscussionClosed.

    Nobody's new comment is older than the latest one, even if the clock was set back.
    """
    for latest, version in OPEN_DISCUSSION.objects(comment.discussion_id, timezone.now()):
        if is_new and version:
            comment.created_at = max(comment.created_at, latest)
        return
    raise DiscussionClosed


def _comments() -> Any:
    return apps.get_model("forum", "Comment").objects.order_by("-pk")


POSTED = PreparedQuery(
    lambda: _comments().filter(discussion=param(1), author=param(2), idempotency_key=str(param(3)))
)
HELD_PERSON = PreparedQuery(
    lambda: (
        get_user_model()
        .objects.select_for_update(no_key=True)
        .order_by()
        .filter(pk=param(1))
        .values_list("pk")
    )
)
OPEN_DISCUSSION = PreparedQuery(
    lambda: (
        Discussion.objects.select_for_update(no_key=True)
        .order_by()
        .filter(open_at(Value(param(2))), pk=param(1))
        .values_list("last_comment_at", "version")
    )
)
