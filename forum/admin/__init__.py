from forum.admin.comment import CommentAdmin
from forum.admin.discussion import DiscussionAdmin
from forum.admin.moderation import ModerationActionAdmin, SanctionAdmin
from forum.admin.rule import PolicyAdmin, RuleAdmin

__all__ = ["CommentAdmin", "DiscussionAdmin", "ModerationActionAdmin", "PolicyAdmin", "RuleAdmin", "SanctionAdmin"]
