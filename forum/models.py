from forum.cases.models import Case
from forum.discussion.models.citation import Citation
from forum.discussion.models.comment import Comment
from forum.discussion.models.discussion import Discussion
from forum.discussion.models.draft import Draft
from forum.discussion.models.policy import Policy
from forum.discussion.models.revision import Revision
from forum.discussion.models.visit import Visit
from forum.flags.models.flag import AlreadyDecided, Flag, FlagReason
from forum.flags.models.notice import Notice
from forum.log.models.action import ModerationAction
from forum.log.models.text import DecisionText
from forum.maintenance.models import Sample
from forum.moderation.models.objection import Objection
from forum.moderation.models.saved_view import SavedView
from forum.moderation.models.split import Split, TooLarge
from forum.moderation.models.takedown import Takedown
from forum.notifications.models.notification import Notification
from forum.notifications.models.settings import NotificationSettings
from forum.notifications.models.subscription import Subscription
from forum.people.models.moderator import Moderator
from forum.people.models.mute import Mute
from forum.people.models.network_trace import NetworkTrace
from forum.people.models.sanction import Sanction
from forum.people.reasons import Reason
from forum.posting.refusals import AgainstARule, DiscussionClosed, Refusal, Suspended, TooFast
from forum.screening.models.lesson import Lesson
from forum.screening.models.link import Link
from forum.screening.models.rule import Rule
from forum.votes.admission import NotPublished, OwnComment
from forum.votes.models import NoSuchVote, Vote

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
    "Mute",
    "NetworkTrace",
    "NoSuchVote",
    "NotPublished",
    "Notice",
    "Notification",
    "NotificationSettings",
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
    "Subscription",
    "Suspended",
    "Takedown",
    "TooFast",
    "TooLarge",
    "Visit",
    "Vote",
]
