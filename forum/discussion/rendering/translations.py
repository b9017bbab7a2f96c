"""Translate and escape the short texts beside each comment once, because a page shows each a
hundred times.
"""

from collections.abc import Callable
from functools import lru_cache

from django.utils.translation import get_language, gettext, ngettext
from markupsafe import Markup, escape

CACHED_TEXTS = 20_000

Say = Callable[..., Markup]


def phrases() -> dict[str, Say]:
    """Return `gettext` and `ngettext` for templates, cached for the active language."""
    return _phrases_in(get_language() or "")


@lru_cache
def _phrases_in(language: str) -> dict[str, Say]:
    @lru_cache(CACHED_TEXTS)
    def say(message: str, name: str = "") -> Markup:
        return escape(gettext(message)) % {"name": name}

    @lru_cache(CACHED_TEXTS)
    def say_number(one: str, many: str, number: int) -> Markup:
        return escape(ngettext(one, many, number)) % {"num": number}

    return {"gettext": say, "ngettext": say_number}
