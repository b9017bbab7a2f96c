"""The short sentences beside each comment: translated and escaped
once, for they stand on a page a hundred times.
"""

from collections.abc import Callable
from functools import lru_cache

from django.utils.translation import get_language, gettext, ngettext
from markupsafe import Markup, escape

REMEMBERED = 20_000

Say = Callable[..., Markup]


def phrases() -> dict[str, Say]:
    """What a template calls `gettext` and `ngettext`, for the language that is spoken now."""
    return _phrases_in(get_language() or "")


@lru_cache
def _phrases_in(language: str) -> dict[str, Say]:
    @lru_cache(REMEMBERED)
    def say(message: str, name: str = "") -> Markup:
        return escape(gettext(message)) % {"name": name}

    @lru_cache(REMEMBERED)
    def say_number(one: str, many: str, number: int) -> Markup:
        return escape(ngettext(one, many, number)) % {"num": number}

    return {"gettext": say, "ngettext": say_number}
