from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import get_language_info, to_language

WRITTEN_IN = "en"
CATALOGUE = "*/LC_MESSAGES/django.mo"


def languages(text: str, locale: Path) -> list[tuple[str, str]]:
    """Return the languages of LANGUAGES with their own names, the site's first."""
    codes = [word.strip().lower() for word in (text or WRITTEN_IN).split(",")]
    translated = sorted(to_language(file.parts[-3]) for file in locale.glob(CATALOGUE))
    known = [WRITTEN_IN, *translated]
    if len({*codes}) < len(codes) or not {*codes} <= {*known}:
        raise ImproperlyConfigured(
            f"LANGUAGES must be some of {', '.join(known)}, separated by commas, not {text!r}."
        )
    return [(code, get_language_info(code)["name_local"]) for code in codes]
