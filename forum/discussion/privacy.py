"""Notes on what this package stores of people (docs/privacy.md)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from forum.discussion.models.draft import DRAFT_LIFETIME

HEADING = _("Your comments")
UNTIL_GONE = _(
    "Until you delete your account. Then your published comments go too, or stay without your "
    "name, as you choose."
)

NOTES: list[dict[str, Any]] = [
    {
        "model": "forum.Comment",
        "owner": "author",
        "columns": (
            "author discussion parent body html visible_text search_words kind passage "
            "passage_edition passage_words created_at edited_at imported_at version"
        ),
        "what": _("Your comments: the text, when you wrote it and what it is about"),
        "why": _("Readers read and answer them."),
        "until": UNTIL_GONE,
    },
    {
        "model": "forum.Comment",
        "owner": "author",
        "columns": "status status_at removal_reason resolved_at picked_at",
        "what": _("What became of a comment: published, waiting, deleted or removed, and when"),
        "why": _("Only published comments are shown."),
        "until": UNTIL_GONE,
    },
    {
        "model": "forum.Comment",
        "owner": "author",
        "columns": "helpful unhelpful ranked_helpful ranked_unhelpful rank",
        "what": _("How many readers found a comment helpful"),
        "why": _("Helpful comments are shown first."),
        "until": UNTIL_GONE,
    },
    {
        "model": "forum.Comment",
        "owner": "author",
        "columns": "fingerprint idempotency_key",
        "what": _("A digest of the text, and the number of the form it was sent with"),
        "why": _("The same comment is not posted twice, and copied advertising is found."),
        "until": UNTIL_GONE,
        "is_secret": True,
    },
    {
        "model": "forum.Revision",
        "owner": "comment__author",
        "columns": "comment version body created_at",
        "what": _("Earlier versions of comments that you edited"),
        "why": _("Readers can see what others replied to."),
        "until": UNTIL_GONE,
    },
    {
        "model": "forum.Citation",
        "owner": "comment__author",
        "columns": "comment cited",
        "what": _("Which comments you quoted"),
        "why": _("A quoted comment is shown as it is now."),
        "until": UNTIL_GONE,
    },
    *(
        {
            "model": "forum.Draft",
            "owner": owner,
            "columns": (
                "person email article parent body kind passage passage_edition passage_words "
                "created_at discarded_at comment"
            ),
            "what": _("A comment that you have not posted yet, and the address you entered"),
            "why": _("You lose nothing while you sign in."),
            "until": DRAFT_LIFETIME,
        }
        for owner in ("person", "email")
    ),
    {
        "model": "forum.Draft",
        "owner": "person",
        "columns": "holder key",
        "what": _("Which browser a draft was written in, as a digest"),
        "why": _("Nobody else can open your draft."),
        "until": DRAFT_LIFETIME,
        "is_secret": True,
    },
    {
        "model": "forum.Visit",
        "owner": "person",
        "columns": "person discussion seen_before seen at",
        "what": _("Up to which comment you read a discussion, and when"),
        "why": _("Comments that are new to you are marked."),
        "until": _("Until you delete your account."),
    },
]

OF_NOBODY = {
    "forum.Comment": (
        "root depth ancestor_ids reply_number sibling_number child_count thread_length "
        "reply_count is_listed latest_author_reply"
    ),
    "forum.Discussion": (
        "article closed_at closed_until closes_after slow_minutes pinned comment_count version "
        "last_comment_at passage_counts"
    ),
    "forum.Policy": "article topic mode",
}
