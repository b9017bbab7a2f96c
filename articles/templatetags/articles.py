from datetime import datetime

from django import template
from django.utils import timezone

from text.visible import clip

register = template.Library()

register.filter(clip)


@register.filter
def machine_time(moment: datetime) -> str:
    """Return the moment for a `datetime` attribute: HTML allows
    three digits of a second, and a page needs none.
    """
    return timezone.localtime(moment).isoformat(timespec="seconds")
