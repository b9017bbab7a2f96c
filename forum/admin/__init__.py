from forum.admin.comment import CommentAdmin
from forum.admin.discussion import DiscussionAdmin
from forum.admin.flag import FlagAdmin, FlagReasonAdmin
from forum.admin.moderation import ModerationActionAdmin, SanctionAdmin
from forum.admin.moderator import ModeratorAdmin

__all__ = [
    "CommentAdmin",
    "DiscussionAdmin",
    "FlagAdmin",
    "FlagReasonAdmin",
    "ModerationActionAdmin",
    "ModeratorAdmin",
    "SanctionAdmin",
]
