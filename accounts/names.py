"""Public names: which are allowed, and which two look
alike. Pure: knows no database and no request.
"""

import unicodedata
from functools import cache

import regex
from confusable_homoglyphs.categories import alias
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from publication.current import current
from text.invisible import SHOWS_NOTHING
from text.lookalikes import SCRIPTS_OF_ALL, SEPARATORS, skeleton_of

NAME_MIN_LENGTH = 2
NAME_MAX_LENGTH = 40
SKELETON_MAX_LENGTH = 4 * NAME_MAX_LENGTH
TINTS = 6  # of monograms, see static/forum/forum.css

# More on one letter is no spelling, and covers the lines above and below it. Accents of every
# script; then signs of one, as Hindi and Tibetan stack them.
TOO_MANY_MARKS = regex.compile(
    r"[\p{M}&&\p{Script=Inherited}]{4,}|\p{M}{6,}|[\u0300-\u036f]{3,}", regex.V1
)
# Scripts that people write together in one word.
WRITTEN_TOGETHER = frozenset({"HAN", "HIRAGANA", "KATAKANA", "BOPOMOFO", "HANGUL"})

# A name made of these words only would speak for the site.
RESERVED_WORDS = frozenset(
    "admin administrator administrators admins anonymous abuse contact deleted editor editors "
    "everyone help helpdesk"
    " hostmaster info mod moderator moderators mods nobody noreply official owner postmaster "
    "press removed root"
    " security service sitemaster staff superuser support sysadmin system team the "
    "webmaster".split()
)
# What pages call somebody whose account is gone.
RESERVED_NAMES = ("A reader",)


def clean_name(text: str, *, allow_reserved: bool = False) -> str:
    """The name as it is kept and shown; ValidationError says what to change."""
    typed = text.strip().replace("\u2019", "'")
    _check_characters(typed)
    name = " ".join(_composed(typed).split())
    _check_length(name)
    _check_marks(name)
    _check_scripts(name)
    if not allow_reserved and is_reserved(name):
        raise ValidationError(
            _("This name is reserved for the people who run this site. Choose another one."),
            "reserved",
        )
    return name


def skeleton(name: str) -> str:
    """Return what a name looks like: equal for names that a reader could take for one another."""
    return skeleton_of(name)[:SKELETON_MAX_LENGTH]


def monogram(name: str) -> str:
    first, *others = name.split()
    letters = first[0] + (others[-1][0] if others else "")
    return letters.upper()


def twin_of(likeness: str, pk: int | None) -> str:
    """Return the skeleton of somebody whose name has looked like
    another's since before the two were compared.
    """
    return f"{likeness[: SKELETON_MAX_LENGTH - 20]}#{pk}"


def is_reserved(name: str) -> bool:
    words = "".join(" " if char in SEPARATORS else char for char in name).split()
    reserved = _reserved_skeletons(current().name)
    return skeleton(name) in reserved or all(skeleton(word) in reserved for word in words)


def _composed(text: str) -> str:
    """Return the plain form of wide and other variants. NFKC also
    takes a vowel of Thai and Lao apart: not here.
    """
    plain = unicodedata.normalize("NFKC", text)
    return plain.replace("\u0e4d\u0e32", "\u0e33").replace("\u0ecd\u0eb2", "\u0eb3")


def _check_characters(name: str) -> None:
    if not all(map(_is_allowed, name)):
        raise ValidationError(
            _("Use plain letters, digits, spaces and . - _ ' only."), "characters"
        )


def _is_allowed(char: str) -> bool:
    category = unicodedata.category(char)
    if char in SEPARATORS or category == "Zs":
        return True
    if SHOWS_NOTHING.match(char) or (category in ("Lu", "Ll", "Lt") and _is_ornamental(char)):
        return False
    return category[0] == "L" or category in {"Mn", "Mc", "Nd"}


def _is_ornamental(char: str) -> bool:
    """A letter of the mathematical, wide or historical alphabets, which stands for a plain one."""
    return unicodedata.normalize("NFKC", char) != unicodedata.normalize("NFC", char)


def _check_length(name: str) -> None:
    if (
        sum(char.isalnum() for char in name) < NAME_MIN_LENGTH
        or not NAME_MIN_LENGTH <= len(name) <= NAME_MAX_LENGTH
    ):
        raise ValidationError(
            _("Use %(min)d to %(max)d characters, at least %(min)d of them letters or digits."),
            "length",
            {"min": NAME_MIN_LENGTH, "max": NAME_MAX_LENGTH},
        )


def _check_marks(name: str) -> None:
    if TOO_MANY_MARKS.search(name):
        raise ValidationError(
            _("A letter in this name has too many accents. Remove some."), "marks"
        )


def _check_scripts(name: str) -> None:
    """One writing system a word: a Latin word with a Cyrillic
    letter in it is somebody else's name in disguise.
    """
    for word in name.split():
        scripts = {alias(char) for char in word} - SCRIPTS_OF_ALL
        if len(scripts) > 1 and not scripts <= WRITTEN_TOGETHER:
            raise ValidationError(_("Write each word of the name in one alphabet."), "scripts")


@cache
def _reserved_skeletons(site_name: str) -> frozenset[str]:
    return frozenset(map(skeleton, [*RESERVED_WORDS, *RESERVED_NAMES, site_name]))
