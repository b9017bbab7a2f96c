"""Template tags and filters for the pages of moderators."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django import template
from django.contrib.humanize.templatetags.humanize import naturaltime
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from articles.models import Topic
from forum.cases.models import Case
from forum.discussion.models.comment import Comment
from forum.log.models.action import ModerationAction
from forum.moderation import header, tabs, undo
from forum.moderation.comment_actions import queue_actions_for, right_to
from forum.moderation.queue_items import AuthorHistory, QueueItem
from forum.people import scope as scopes
from forum.people.reasons import Reason
from forum.people.scope import scope_of

register = template.Library()
Kind = ModerationAction.Kind

REMOVE_AS = {
    Reason.SPAM: gettext_lazy("Remove as spam"),
    Reason.UNKIND: gettext_lazy("Remove as unkind or threatening"),
    Reason.OFF_TOPIC: gettext_lazy("Remove as off topic"),
    Reason.PRIVATE: gettext_lazy("Remove as private information"),
    Reason.ILLEGAL: gettext_lazy("Remove as illegal content"),
    Reason.OTHER: gettext_lazy("Remove, against the rules"),
}
REMOVED_AS = {
    Reason.SPAM: gettext_lazy("Removed as spam."),
    Reason.UNKIND: gettext_lazy("Removed as unkind or threatening."),
    Reason.OFF_TOPIC: gettext_lazy("Removed as off topic."),
    Reason.PRIVATE: gettext_lazy("Removed as private information."),
    Reason.ILLEGAL: gettext_lazy("Removed as illegal content."),
    Reason.OTHER: gettext_lazy("Removed, against the rules."),
}


@register.simple_tag(takes_context=True)
def waiting_for_moderator(context: dict[str, Any]) -> header.Waiting | None:
    """Return what waits for the person who reads the page; None for whoever moderates nothing."""
    if "user" not in context:
        return None
    user = context["user"]
    if not hasattr(user, "waiting"):
        user.waiting = header.waiting_for_person(user)
    found: header.Waiting | None = user.waiting
    return found


@register.simple_tag
def moderated_by(person: User) -> str:
    """Return a sentence about what somebody moderates; nothing for readers."""
    scope = scope_of(person)
    if scope is None:
        return ""
    if scope.topics is None:
        return _("You moderate the whole site.")
    topics = [topic.name for topic in Topic.objects.filter(pk__in=scope.topics)]
    return _("You moderate these topics: %(topics)s.") % {"topics": ", ".join(topics)}


@register.inclusion_tag("forum/moderation/tabs.html", takes_context=True)
def moderation_tabs(context: dict[str, Any], current: str) -> dict[str, Any]:
    waiting = waiting_for_moderator(context)
    user = context.get("user")
    return {"tabs": tabs.tabs_of(user, waiting) if user else [], "current": current}


@register.simple_tag
def reasons() -> list[tuple[str, Any]]:
    return Reason.choices


@register.simple_tag(takes_context=True)
def open_decisions(context: dict[str, Any], comment: Comment) -> set[str]:
    """Return the actions that a case offers to the person who reads the page."""
    rights = {name: right_to(name) for name in queue_actions_for(comment)}
    allowed = scopes.allowed_decisions(
        context["user"], comment, rights.values(), topics=context["scope"].topics
    )
    return {name for name, right in rights.items() if right in allowed}


@register.simple_tag
def claimed(case: Case, person: User) -> str:
    return case.claimed_by_other_than(person)


@register.filter
def following(items: Sequence[QueueItem], number: int) -> int:
    """Return the key of the case behind the one with this number; 0 behind the last."""
    return items[number].case.pk if number < len(items) else 0


@register.filter
def briefly(at: datetime) -> str:
    return str(naturaltime(at))


@register.filter
def removal(reason: str) -> str:
    """Return the label of the button that removes for this reason."""
    return str(REMOVE_AS[Reason(reason)])


@register.filter
def can_be_undone(line: ModerationAction) -> bool:
    return undo.can_be_undone(line) and not hasattr(line, "undone_by")


@register.filter
def sanctions(history: AuthorHistory) -> Iterator[str]:
    """Yield the sanctions of an author in words, with their numbers."""
    said = {
        Kind.WARN: lambda n: ngettext("warned once", "warned %(n)d times", n),
        Kind.SILENCE: lambda n: ngettext("silenced once", "silenced %(n)d times", n),
        Kind.SUSPEND: lambda n: ngettext("suspended once", "suspended %(n)d times", n),
        Kind.BAN: lambda n: ngettext("banned once", "banned %(n)d times", n),
    }
    for kind, number in sorted(history.sanctions.items()):
        yield said[Kind(kind)](number) % {"n": number}


@register.filter
def done(line: ModerationAction) -> str:
    """Return what has just been done, in words."""
    name = str(line.person or "")
    until = date_format(localtime(line.until), "DATE_FORMAT") if line.until else ""
    said = {
        Kind.APPROVE: _("Approved."),
        Kind.REMOVE: str(REMOVED_AS[Reason(line.reason or Reason.OTHER)]),
        Kind.ERASE: _("Deleted without a trace."),
        Kind.EDIT: _("Edited and published."),
        Kind.HOLD: _("Held for a moderator."),
        Kind.WARN: _("%(name)s was warned."),
        Kind.SILENCE: _("%(name)s is silenced until %(until)s."),
        Kind.SUSPEND: _("%(name)s is suspended until %(until)s."),
        Kind.BAN: _("%(name)s is banned."),
        Kind.LIFT: _("%(name)s can comment again."),
    }
    return said[Kind(line.kind)] % {"name": name, "until": until}
