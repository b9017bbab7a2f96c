"""Post a comment: admit its writer, screen its text, number it in its thread and count it."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Unpack
from uuid import NAMESPACE_OID, uuid5

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
from forum.discussion.rendering.body import render_body
from forum.discussion.words import words_of_comment
from forum.people.models.network_trace import NetworkTrace
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
    **about: Unpack[AboutFields],
) -> Comment:
    """Publish a comment, or hold it if a rule or the policy asks for it. Raises a Refusal.

    The same key with the same text is the same comment, however often it is sent.

    `at` is the time of a comment that was written before: the limits of this site do not apply to
    it. Without it the comment is written now, and is never older than the newest of the discussion,
    even with a wrong clock. `imported_at` marks a comment from elsewhere, which is not news.
    `network` is the digest of the writer's network (forum.people.network).
    """
    earlier = _posted(discussion, by, key)
    if earlier and (at or earlier.says(body)):
        return earlier
    if earlier:
        # The form was opened again by the browser's back button: the text is another one, or
        # it was deleted.
        other = str(uuid5(NAMESPACE_OID, f"{key} {earlier.pk} {body}"))
        return post_comment(
            discussion, by=by, body=body, parent=parent, key=other, network=network, **about
        )
    fields: dict[str, Any] = {"author": by, "body": body, "parent": parent, "key": key, **about}
    try:
        return _write(discussion, fields, at=at, imported_at=imported_at, network=network)
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
    **about: Unpack[AboutFields],
) -> Comment:
    """Return the comment with its parent, thread and HTML, not yet saved."""
    rendering = render_body(body)
    comment = Comment(
        discussion=discussion,
        author=author,
        body=body,
        html=rendering.html,
        idempotency_key=key,
        created_at=at,
        **about,
    )
    comment.cites = rendering.cited
    comment.visible_text = rendering.text
    comment.search_words = words_of_comment(rendering.text, article=discussion.article_id)
    comment.fingerprint = fingerprint(comment.judged)
    if parent:
        comment.parent = parent
        comment.root = parent.root or parent
        comment.depth = parent.depth + 1
        comment.ancestor_ids = [*parent.ancestor_ids, parent.pk][-NEAREST_ANCESTORS:]
    return comment


def _write(
    discussion: Discussion,
    fields: dict[str, Any],
    *,
    at: datetime | None,
    imported_at: datetime | None,
    network: str,
) -> Comment:
    writer: User | None = None if at else fields["author"]
    if writer:
        admit(writer, discussion)
    comment = compose(discussion=discussion, at=at or timezone.now(), **fields)
    comment.imported_at = imported_at
    hold = screen_new(comment, by=writer, network=network) if writer else None
    _save(comment, hold, writer=writer, network=network)
    return comment


def _posted(discussion: Discussion, by: "User | None", key: str) -> Comment | None:
    if discussion.pk is None:
        return None
    if by is None:
        anonymous = Comment.objects.filter(discussion=discussion.pk, author=None)
        return anonymous.filter(idempotency_key=key).first()
    return next(iter(POSTED.objects(discussion.pk, by.pk, key)), None)


@transaction.atomic
def _save(comment: Comment, hold: Hold | None, *, writer: "User | None", network: str) -> None:
    """Save the comment, its references, its counts and the network that it came from.

    The writer's row is locked before the discussion, so that of many comments sent at once each is
    counted when the next one is checked.
    """
    discussion = comment.discussion
    if writer:
        LOCKED_PERSON.values(writer.pk)
        admit_pace(writer, discussion)
    discussion.ensure_row()
    comment.discussion = discussion
    _lock_discussion(comment, is_new=writer is not None)
    if hold:
        comment.status, comment.status_at = comment.Status.HELD, comment.created_at
        comment.is_listed = False
    thread.take_place(comment)
    comment.save(force_insert=True)
    Citation.objects.record(comment, comment.cites)
    Link.objects.record(comment)
    if writer and network:
        NetworkTrace.objects.record(writer, network)
    if hold:
        hold.begin(comment)
    else:
        appear(comment)


def _lock_discussion(comment: Comment, *, is_new: bool) -> None:
    """Lock the discussion while the comment is numbered. Raise DiscussionClosed.

    No new comment is older than the latest one, even if the clock was set back.
    """
    for latest, version in OPEN_DISCUSSION.objects(comment.discussion_id, timezone.now()):
        if is_new and version:
            comment.created_at = max(comment.created_at, latest)
        return
    raise DiscussionClosed


def _comments() -> Any:
    return Comment.objects.order_by("-pk")


POSTED = PreparedQuery(
    lambda: _comments().filter(discussion=param(1), author=param(2), idempotency_key=str(param(3)))
)
LOCKED_PERSON = PreparedQuery(
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
