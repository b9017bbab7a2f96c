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
    """Return the functions of templates that translate, cached for the active language.

    The text of `gettext_html` and `ngettext_html` is HTML: a sentence of which part is for screen
    readers is still one sentence. A name in it is escaped.
    """
    return _phrases_in(get_language() or "")


@lru_cache
def _phrases_in(language: str) -> dict[str, Say]:
    @lru_cache(CACHED_TEXTS)
    def say(message: str, name: str = "") -> Markup:
        return escape(gettext(message)) % {"name": name}

    @lru_cache(CACHED_TEXTS)
    def say_number(one: str, many: str, number: int) -> Markup:
        return escape(ngettext(one, many, number)) % {"num": number}

    @lru_cache(CACHED_TEXTS)
    def say_html(message: str, name: str = "", **words: str) -> Markup:
        return Markup(gettext(message)) % {"name": name, **words}  # noqa: S704 - ours

    @lru_cache(CACHED_TEXTS)
    def say_number_html(one: str, many: str, number: int, name: str = "") -> Markup:
        html = Markup(ngettext(one, many, number))  # noqa: S704
        return html % {"num": number, "name": name}

    return {
        "gettext": say,
        "ngettext": say_number,
        "gettext_html": say_html,
        "ngettext_html": say_number_html,
    }
