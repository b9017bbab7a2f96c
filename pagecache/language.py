"""The language of a page for a reader who is signed out: one of those that the site offers."""

from contextlib import suppress

from django.conf import settings
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header


def offers_several() -> bool:
    return len(settings.LANGUAGES) > 1


def is_offered(language: str) -> bool:
    return any(language == code for code, _ in settings.LANGUAGES)


def language_for(chosen: str, accepted: str) -> str:
    """Return the language that was chosen, else the best that the header Accept-Language names,
    else the site's.
    """
    if is_offered(chosen):
        return chosen
    # Django caches both steps, and reads the first 500 characters of a header.
    for name, quality in parse_accept_lang_header(accepted):
        if name == "*":
            break
        with suppress(LookupError):
            if quality:
                return get_supported_language_variant(name)
    return settings.LANGUAGE_CODE
