"""The translations of this site, and a language made of them for tests."""

import gettext
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import django
import polib  # type: ignore[import-untyped]
from django.conf import settings

LOCALE = Path(settings.BASE_DIR, "locale")
LANGUAGES = sorted(file.parent.name for file in LOCALE.glob("*/LC_MESSAGES"))
# What a sentence holds besides words: placeholders, tags, entities.
FIXED = re.compile(r"%\(\w+\)[sd]|%%?[sd]|\{\d\}|<[^>]+>|&\w+;")
CONTEXT = "\x04"  # stands between the context of a message and its text

PSEUDO = "ar-xb"  # read from right to left, as Chrome and Android call it
LETTERS = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    "ÂƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽâƀçđéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýž",
)


def entries(language: str) -> list[Any]:
    return list(polib.pofile(str(LOCALE / language / "LC_MESSAGES/django.po")))


def texts(entry: Any) -> Iterator[tuple[str, str]]:
    """Yield each translation of an entry with the text that it stands for."""
    if not entry.msgid_plural:
        yield entry.msgid, entry.msgstr
    for form, text in entry.msgstr_plural.items():
        yield (entry.msgid if form == 0 else entry.msgid_plural), text


def pseudo(text: str) -> str:
    """Return the text in accented letters, longer by two fifths, with what is fixed as it is."""
    words = FIXED.split(text)
    fixed = FIXED.findall(text)
    accented = [word.translate(LETTERS) for word in words]
    filling = " ééé" * (sum(map(len, words)) // 10 + 1)  # may wrap, as words do
    inside = "".join(a + b for a, b in zip(accented, [*fixed, ""], strict=True))
    return inside + filling


class PseudoTranslation(gettext.NullTranslations):
    """A language for every message that the German catalogues know: ours and Django's.

    What is shown in English in it is not translated, or not in the catalogue.
    """

    def gettext(self, message: str) -> str:
        text = message.rpartition(CONTEXT)[2]
        return pseudo(text) if message in _known() else text

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        text = (singular if number == 1 else plural).rpartition(CONTEXT)[2]
        return pseudo(text) if singular in _known() else text

    def to_language(self) -> str:
        return PSEUDO


@cache
def _known() -> frozenset[str]:
    folders = [LOCALE, *Path(django.__path__[0]).glob("**/locale")]
    files = [folder / "de/LC_MESSAGES/django.mo" for folder in folders]
    known: set[str] = set()
    for file in filter(Path.exists, files):
        for entry in polib.mofile(str(file)):
            known.add(f"{entry.msgctxt}{CONTEXT}{entry.msgid}" if entry.msgctxt else entry.msgid)
    return frozenset(known)
