"""Bounces and complaints that an email provider reports (docs/running.md#bounces)."""

import re
from typing import Any

from accounts.fields import known_spelling
from mail.models import Suppression

Cause = Suppression.Cause

REFUSED = {"invalid", "bounced"}  # reasons of a bounce, in the words of anymail.signals
CAUSES = {
    "complained": Cause.COMPLAINT,
    "unsubscribed": Cause.ASKED,
}
CAUSES_OF_REASONS = {
    **dict.fromkeys(REFUSED, Cause.REFUSED),
    "spam": Cause.COMPLAINT,
    "unsubscribed": Cause.ASKED,
}
# Most providers report that a mailbox is full or busy as a bounce, too.
TEMPORARY = re.compile(
    r"soft.?(bounce|fail)|transient|\b4\.\d{1,3}\.\d{1,3}\b|^4\d\d\b", re.IGNORECASE
)


def receive(sender: Any, event: Any, esp_name: str, **kwargs: Any) -> None:
    """Stop notifications to an address after a tracking event of django-anymail."""
    cause = _cause_of(event)
    if cause and event.recipient:
        Suppression.objects.stop([known_spelling(event.recipient)], cause=cause)


def _cause_of(event: Any) -> str | None:
    if event.event_type not in {"bounced", "rejected"}:
        return CAUSES.get(event.event_type)
    cause = CAUSES_OF_REASONS.get(event.reject_reason)
    return None if cause == Cause.REFUSED and _is_temporary(event) else cause


def _is_temporary(event: Any) -> bool:
    words = [event.mta_response, event.description, *_kinds(event.esp_event)]
    return any(TEMPORARY.search(str(word)) for word in words if word)


def _kinds(esp_event: Any) -> list[Any]:
    """Return what the provider says of the kind of event, whatever its name for that is."""
    try:
        fields = dict(esp_event)
    except (TypeError, ValueError):
        return []
    nested = [value for value in fields.values() if isinstance(value, dict)]
    return [
        each[name]
        for each in (fields, *nested)
        for name in ("Type", "type", "event", "bounceType", "severity")
        if name in each
    ]
