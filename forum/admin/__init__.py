from forum.admin.comment import CommentAdmin
from forum.admin.deletion import ArticleWithDiscussionAdmin, PersonWithCommentsAdmin
from forum.admin.discussion import DiscussionAdmin
from forum.admin.flag import FlagAdmin, FlagReasonAdmin
from forum.admin.moderation import ModerationActionAdmin, SanctionAdmin
from forum.admin.moderator import ModeratorAdmin
from forum.admin.rule import PolicyAdmin, RuleAdmin

__all__ = [
    "ArticleWithDiscussionAdmin",
    "CommentAdmin",
    "DiscussionAdmin",
    "FlagAdmin",
    "FlagReasonAdmin",
    "ModerationActionAdmin",
    "ModeratorAdmin",
    "PersonWithCommentsAdmin",
    "PolicyAdmin",
    "RuleAdmin",
    "SanctionAdmin",
]
