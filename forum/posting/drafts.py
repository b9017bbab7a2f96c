"""Post the words of a draft."""

from typing import TYPE_CHECKING

from forum.discussion.models.about import about_fields_of
from forum.discussion.models.comment import Comment
from forum.discussion.models.discussion import Discussion
from forum.discussion.models.draft import Draft
from forum.posting.post import post_comment

if TYPE_CHECKING:
    from accounts.models import User


def post_draft(draft: Draft, *, by: "User", network: str = "") -> Comment:
    """Make the words a comment, once. Raises a Refusal."""
    parent = None if draft.answers_somebody_gone else draft.parent
    discussion = Discussion.objects.of(draft.article)
    about = about_fields_of(draft)
    comment = post_comment(
        discussion, by=by, body=draft.body, parent=parent, key=draft.key, network=network, **about
    )
    Draft.objects.filter(pk=draft.pk).update(comment=comment, person=by)
    draft.proofs.void()
    return comment
