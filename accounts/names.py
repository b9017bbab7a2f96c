"""Public names: which are allowed, and which two look alike. Pure: knows no database and no request."""

import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from confusable_homoglyphs.categories import alias
from confusable_homoglyphs.confusables import confusables_data
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from text.marks import has_excess_marks

NAME_MIN_LENGTH = 2
NAME_MAX_LENGTH = 40
SKELETON_MAX_LENGTH = 4 * NAME_MAX_LENGTH

# A name stands on one line beside others: fewer than in a text, and enough for pointed Hebrew and Vietnamese.
MAX_MARKS_IN_A_NAME = 4
SEPARATORS = " .-_'"
# Letters and marks that show nothing: fillers, variation selectors, the grapheme joiner.
INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0") | frozenset(
    map(chr, [*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)])
)
# Scripts that people write together in one word.
WRITTEN_TOGETHER = frozenset({"HAN", "HIRAGANA", "KATAKANA", "BOPOMOFO", "HANGUL"})
SCRIPTS_OF_ALL = frozenset({"COMMON", "INHERITED"})

# A name made of these words only would speak for the site.
RESERVED_WORDS = frozenset(
    "admin administrator administrators admins anonymous abuse contact deleted editor editors everyone help helpdesk"
    " hostmaster info mod moderator moderators mods nobody noreply official owner postmaster press removed root"
    " security service sitemaster staff superuser support sysadmin system team the webmaster".split()
)


def clean_name(text: str, *, allow_reserved: bool = False) -> str:
    """The name as it is kept and shown; ValidationError says what to change."""
    typed = text.strip().replace("\u2019", "'")
    _check_characters(typed)
    name = " ".join(unicodedata.normalize("NFKC", typed).split())
    _check_length(name)
    _check_scripts(name)
    if not allow_reserved and is_reserved(name):
        raise ValidationError(_("This name is kept for the people who run the site. Choose another one."), "reserved")
    return name


def skeleton(name: str) -> str:
    """What a name looks like: equal for names that a reader could take for one another.

    Case, accents, separators and look-alike letters are folded away, so "Ines Okafor", "ines_okafor"
    and "lnes 0kafor" are one name, and so are "Zoe" and "Zoë".
    """
    letters = "".join(_prototype(char) for char in _folded(name))
    return letters.replace("rn", "m").replace("vv", "w")[:SKELETON_MAX_LENGTH]


def is_reserved(name: str) -> bool:
    words = "".join(" " if char in SEPARATORS else char for char in name).split()
    reserved = _reserved_skeletons(str(settings.SITE_NAME))
    return skeleton(name) in reserved or all(skeleton(word) in reserved for word in words)


def _check_characters(name: str) -> None:
    if has_excess_marks(name, MAX_MARKS_IN_A_NAME):
        raise ValidationError(_("Too many accents on one letter. Write it with fewer."), "marks")
    if not all(map(_is_allowed, name)):
        raise ValidationError(_("Use plain letters, digits, spaces and . - _ ' only."), "characters")


def _is_allowed(char: str) -> bool:
    category = unicodedata.category(char)
    if char in SEPARATORS or category == "Zs":
        return True
    if char in INVISIBLE or (category in ("Lu", "Ll", "Lt") and _is_ornamental(char)):
        return False
    return category[0] in "LM" or category == "Nd"


def _is_ornamental(char: str) -> bool:
    """A letter of the mathematical, wide or historical alphabets, which stands for a plain one."""
    return unicodedata.normalize("NFKC", char) != unicodedata.normalize("NFC", char)


def _check_length(name: str) -> None:
    if sum(char.isalnum() for char in name) < NAME_MIN_LENGTH or not NAME_MIN_LENGTH <= len(name) <= NAME_MAX_LENGTH:
        raise ValidationError(
            _("Use %(min)d to %(max)d characters, at least %(min)d of them letters or digits."),
            "length",
            {"min": NAME_MIN_LENGTH, "max": NAME_MAX_LENGTH},
        )


def _check_scripts(name: str) -> None:
    """One writing system a word: a Latin word with a Cyrillic letter in it is somebody else's name in disguise."""
    for word in name.split():
        scripts = {alias(char) for char in word} - SCRIPTS_OF_ALL
        if len(scripts) > 1 and not scripts <= WRITTEN_TOGETHER:
            raise ValidationError(_("Write each word of the name in one alphabet."), "scripts")


def _folded(name: str) -> Iterator[str]:
    for char in unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold()):
        if char not in SEPARATORS and char not in INVISIBLE and not _is_accent(char):
            yield char


def _is_accent(char: str) -> bool:
    """Marks any alphabet may carry. The vowel signs of a script of its own are letters to its readers: kept."""
    return unicodedata.category(char) == "Mn" and alias(char) in SCRIPTS_OF_ALL


@lru_cache(maxsize=4096)
def _prototype(char: str) -> str:
    """The Latin letter that this one looks like, in small or in capitals; itself where there is none."""
    if char in "il1|":
        return "l"
    if char in "o0":
        return "o"
    if char.isascii():
        return char
    for form in (char, char.upper()):
        for twin in confusables_data.get(form, ()):
            if twin["c"].isascii() and twin["c"].isalnum():
                return "".join(_prototype(letter) for letter in twin["c"].lower())
    return char


@cache
def _reserved_skeletons(site_name: str) -> frozenset[str]:
    return frozenset(map(skeleton, [*RESERVED_WORDS, site_name]))
