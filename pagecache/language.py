"""The language of a page for a reader who is signed out: one of those that the site offers."""

from contextlib import suppress
from functools import cache, lru_cache
from typing import Any

from django.conf import settings
from django.core.signals import setting_changed
from django.dispatch import receiver
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

ACCEPT_LENGTH = 200  # of what a browser sends; no more is remembered

Languages = tuple[tuple[str, str], ...]


@cache  # reading a setting takes longer than anything else that a cached page needs
def offered() -> Languages:
    """Return the languages with their names, the site's first."""
    return tuple(settings.LANGUAGES)


@receiver(setting_changed)
def _forget(*, setting: str, **_: Any) -> None:
    """Let tests change the setting."""
    if setting == "LANGUAGES":
        offered.cache_clear()


def offers_several() -> bool:
    return len(offered()) > 1


def is_offered(language: str) -> bool:
    return language in dict(offered())


def language_for(chosen: str, accepted: str) -> str:
    """Return the language that was chosen, else the best that the header Accept-Language names,
    else the site's.
    """
    return _language_for(chosen[:ACCEPT_LENGTH], accepted[:ACCEPT_LENGTH], offered())


@lru_cache(maxsize=256)
def _language_for(chosen: str, accepted: str, languages: Languages) -> str:
    if chosen in dict(languages):
        return chosen
    for name, quality in parse_accept_lang_header(accepted):
        if name == "*":
            break
        with suppress(LookupError):
            if quality:
                return get_supported_language_variant(name)
    return languages[0][0]
