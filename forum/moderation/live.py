"""The updates of an open page of the queue: small, and unchanged while nothing happens."""

from typing import Any

from django.utils import timezone

from accounts.models import User
from forum.cases.models import Case
from forum.moderation.queue import in_words, waiting_for
from forum.people.scope import ModeratorScope

MOST_CASES = 60  # on a page that is open


def live(scope: ModeratorScope, *, cases: list[int], person: User) -> dict[str, Any]:
    """Return the number of open cases, who looks at which of these cases, and which are decided."""
    shown = Case.objects.filter(pk__in=cases[:MOST_CASES]).order_by("pk")
    rows = shown.values_list(
        "pk", "topic", "decided_at", "claimed_by", "claimed_by__username", "claimed_until"
    )
    mine = [row for row in rows if scope.includes(row[1])]
    now = timezone.now()
    return {
        "waiting": in_words(waiting_for(scope)),
        "decided": [pk for pk, _, decided_at, *_ in mine if decided_at],
        "claims": {
            str(pk): name
            for pk, _, _, by, name, until in mine
            if by not in (None, person.pk) and until is not None and until > now
        },
    }
