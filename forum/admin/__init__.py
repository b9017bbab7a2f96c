from forum.admin.comment import CommentAdmin
from forum.admin.discussion import DiscussionAdmin
from forum.admin.moderation import ModerationActionAdmin, SuspensionAdmin

__all__ = ["CommentAdmin", "DiscussionAdmin", "ModerationActionAdmin", "SuspensionAdmin"]
