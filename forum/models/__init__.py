from forum.models.comment import Comment
from forum.models.discussion import Discussion, DiscussionClosed, Refusal, Suspended, TooFast
from forum.models.draft import Draft
from forum.models.moderation import ModerationAction, Reason, Suspension

__all__ = [
    "Comment",
    "Discussion",
    "DiscussionClosed",
    "Draft",
    "ModerationAction",
    "Reason",
    "Refusal",
    "Suspended",
    "Suspension",
    "TooFast",
]
