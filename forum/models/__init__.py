from forum.log.models import DecisionText
from forum.maintenance.models import Sample
from forum.models.case import Case
from forum.models.citation import Citation
from forum.models.comment import Comment
from forum.models.discussion import AgainstARule, Discussion, DiscussionClosed, Refusal, Suspended, TooFast
from forum.models.draft import Draft
from forum.models.flag import AlreadyDecided, Flag, FlagReason
from forum.models.lesson import Lesson
from forum.models.link import Link
from forum.models.moderation import ModerationAction, Reason
from forum.models.moderator import Moderator, SavedView
from forum.models.notice import Notice
from forum.models.objection import Objection
from forum.models.revision import Revision
from forum.models.rule import Policy, Rule
from forum.models.sanction import Sanction
from forum.models.split import Split, TooLarge
from forum.models.takedown import Takedown
from forum.models.trace import Trace
from forum.models.visit import Visit
from forum.models.vote import NoSuchVote, NotPublished, OwnComment, Vote

__all__ = [
    "AgainstARule",
    "AlreadyDecided",
    "Case",
    "Citation",
    "Comment",
    "DecisionText",
    "Discussion",
    "DiscussionClosed",
    "Draft",
    "Flag",
    "FlagReason",
    "Lesson",
    "Link",
    "ModerationAction",
    "Moderator",
    "NoSuchVote",
    "NotPublished",
    "Notice",
    "Objection",
    "OwnComment",
    "Policy",
    "Reason",
    "Refusal",
    "Revision",
    "Rule",
    "Sample",
    "Sanction",
    "SavedView",
    "Split",
    "Suspended",
    "Takedown",
    "TooFast",
    "TooLarge",
    "Trace",
    "Visit",
    "Vote",
]
