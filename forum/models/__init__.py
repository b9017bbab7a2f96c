from forum.models.citation import Citation
from forum.models.comment import Comment
from forum.models.discussion import Discussion, DiscussionClosed, Refusal, Suspended, TooFast
from forum.models.draft import Draft
from forum.models.moderation import ModerationAction, Reason, Suspension
from forum.models.revision import Revision
from forum.models.visit import Visit
from forum.models.vote import NoSuchVote, NotPublished, OwnComment, Vote

__all__ = [
    "Citation",
    "Comment",
    "Discussion",
    "DiscussionClosed",
    "Draft",
    "ModerationAction",
    "NoSuchVote",
    "NotPublished",
    "OwnComment",
    "Reason",
    "Refusal",
    "Revision",
    "Suspended",
    "Suspension",
    "TooFast",
    "Visit",
    "Vote",
]
