"""The row of tabs that leads through the pages of moderators and editors."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from forum.moderation.header import Waiting
from forum.moderation.queue import in_words


@dataclass(frozen=True)
class Tab:
    name: str
    label: str
    address: str
    count: str = ""  # of what waits there


def tabs_of(person: Any, waiting: Waiting | None) -> list[Tab]:
    """Return the pages that this person may open; none for readers."""
    tabs = _of_moderators(waiting) if waiting else []
    if person.is_staff and person.has_perm("forum.view_rule"):
        tabs.append(Tab("rules", _("Rules"), reverse("admin:forum_rule_changelist")))
    if person.is_staff and person.has_perm("forum.view_flagreason"):
        tabs.append(Tab("reasons", _("Reasons"), reverse("admin:forum_flagreason_changelist")))
    return tabs


def _of_moderators(waiting: Waiting) -> list[Tab]:
    return [
        Tab("queue", _("Queue"), reverse("queue"), in_words(waiting.cases)),
        Tab("objections", _("Objections"), reverse("objections"), in_words(waiting.objections)),
        Tab("people", _("People"), reverse("moderated_people")),
        Tab("log", _("Log"), reverse("moderation_log")),
        Tab("statistics", _("Statistics"), reverse("moderation_report")),
    ]
