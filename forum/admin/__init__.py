from forum.admin.comment import CommentAdmin
from forum.admin.discussion import DiscussionAdmin
from forum.admin.moderation import ModerationActionAdmin, SanctionAdmin

__all__ = ["CommentAdmin", "DiscussionAdmin", "ModerationActionAdmin", "SanctionAdmin"]
