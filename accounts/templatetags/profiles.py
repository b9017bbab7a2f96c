from typing import Any

from django.template import Library

from accounts.models import Picture, User
from accounts.names import TINTS, monogram

register = Library()


@register.inclusion_tag("account/portrait.html")
def portrait(person: User, picture: Picture | None, address: str = "") -> dict[str, Any]:
    """Show the picture of a person, the one at another address, or the monogram."""
    return {
        "address": address or (picture.get_absolute_url() if picture else ""),
        "tint": person.pk % TINTS,
        "monogram": monogram(person.username),
    }
