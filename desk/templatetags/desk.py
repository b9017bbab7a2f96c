"""The tabs of the desk, for its own pages and those of lower packages that belong to it."""

from typing import Any

from django import template

from desk import tabs
from desk.lists import Counts, counts_for

register = template.Library()


@register.inclusion_tag("desk/tabs.html", takes_context=True)
def desk_tabs(context: dict[str, Any], current: str) -> dict[str, Any]:
    user = context["user"]
    return {"tabs": tabs.tabs_of(user, desk_counts(context)), "current": current}


@register.simple_tag(takes_context=True)
def desk_counts(context: dict[str, Any]) -> Counts:
    """Return how much there is of each, read once for each page."""
    user = context["user"]
    if not hasattr(user, "desk_counts"):
        user.desk_counts = counts_for(user)
    counts: Counts = user.desk_counts
    return counts
