"""Template tags of the buttons that follow a topic and mute a person."""

from typing import Any

from django import template

from accounts.models import User
from articles.models import Topic
from forum.discussion.models.comment import Comment
from forum.notifications.models.settings import NotificationSettings
from forum.notifications.models.subscription import Subscription
from forum.people.models.mute import Mute

register = template.Library()


@register.simple_tag(takes_context=True)
def follows_topic(context: dict[str, Any], topic: Topic) -> bool:
    rows = Subscription.objects.filter(topic=topic, person=context["user"])
    return rows.exists()


@register.simple_tag
def is_first_comment(comment: Comment) -> bool:
    """Return True if its author wrote nothing before, and did not choose what to get by email."""
    author = comment.author_id
    earlier = Comment.objects.filter(author=author).exclude(pk=comment.pk).order_by()
    chosen = NotificationSettings.objects.filter(person=author)
    return not earlier.values("author").union(chosen.values("person")).exists()


@register.simple_tag(takes_context=True)
def has_muted(context: dict[str, Any], person: User) -> bool:
    return Mute.objects.filter(person=context["user"], muted=person).exists()
