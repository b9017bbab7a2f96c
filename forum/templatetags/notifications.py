"""Template tags of the buttons that follow a topic and mute a person."""

from typing import Any

from django import template

from accounts.models import User
from articles.models import Topic
from forum.notifications.models.subscription import Subscription
from forum.people.models.mute import Mute

register = template.Library()


@register.simple_tag(takes_context=True)
def follows_topic(context: dict[str, Any], topic: Topic) -> bool:
    rows = Subscription.objects.filter(topic=topic, person=context["user"])
    return rows.exists()


@register.simple_tag(takes_context=True)
def has_muted(context: dict[str, Any], person: User) -> bool:
    return Mute.objects.filter(person=context["user"], muted=person).exists()
