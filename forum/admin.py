from forum.maintenance.admin import ArticleWithDiscussionAdmin
from forum.moderation.admin.comment import CommentAdmin
from forum.moderation.admin.discussion import DiscussionAdmin
from forum.moderation.admin.flag import FlagAdmin, FlagReasonAdmin
from forum.moderation.admin.log import ModerationActionAdmin
from forum.moderation.admin.moderator import ModeratorAdmin
from forum.moderation.admin.rule import PolicyAdmin, RuleAdmin
from forum.moderation.admin.sanction import SanctionAdmin

__all__ = [
    "ArticleWithDiscussionAdmin",
    "CommentAdmin",
    "DiscussionAdmin",
    "FlagAdmin",
    "FlagReasonAdmin",
    "ModerationActionAdmin",
    "ModeratorAdmin",
    "PolicyAdmin",
    "RuleAdmin",
    "SanctionAdmin",
]
