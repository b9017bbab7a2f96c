"""Passwords as text: one form for hashing (RFC 8265), and how easily one is guessed."""

import threading
import unicodedata
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any, NamedTuple

import regex
from zxcvbn import zxcvbn

# A sign of Chinese, Japanese or Korean says more than a letter: twelve of them count as fifteen.
# What several of these scripts share, such as 。 and ー, is of none by itself (scx).
LARGE_SCRIPT = regex.compile(r"[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}！？]")
LARGE_SCRIPT_WEIGHT = 1.25

MIN_KINDS = 6  # different characters
# zxcvbn's time grows faster than the text: so many
# characters are judged at once, and so many times.
CHUNK, CHUNKS = 32, 2

# Signs that are read as letters. Each kind multiplies what zxcvbn has to try.
SIGNS = str.maketrans("@({[<!|$+%", "accccilstx")
MAX_SIGN_KINDS = 2
# What a Russian keyboard types where the other layout has Latin letters.
KEYBOARD = str.maketrans("йцукенгшщзхъфывапролджэячсмитьбюё", "qwertyuiop[]asdfghjkl;'zxcvbnm,.`")


class Demand(NamedTuple):
    """The length that a password needs, and the guesses that it must outlast, as a power of ten."""

    length: int
    guesses: int


# NIST SP 800-63B-4. A machine at home makes 10^11 guesses at a slow hash in a lifetime.
ALONE = Demand(length=15, guesses=11)
# Whoever guesses it has to ask the site, which counts, and has one of two factors then.
BESIDE_FACTOR = Demand(length=8, guesses=7)

_lock = threading.Lock()  # zxcvbn keeps the words of the last caller in a global


class Weakness(StrEnum):
    SHORT = "short"
    REPEATED = "repeat"
    SEQUENCE = "sequence"
    PERSONAL = "personal"
    COMMON = "common"


def opaque_string(password: str) -> str:
    """Return the password as RFC 8265 compares it: composed, and with plain spaces."""
    spaced = "".join(" " if unicodedata.category(char) == "Zs" else char for char in password)
    return unicodedata.normalize("NFC", spaced)


def is_short(password: str) -> bool:
    """Return whether the password is too short to stand alone."""
    return _length(opaque_string(password)) < ALONE.length


def weakness_of(
    password: str, known: Iterable[str] = (), demand: Demand = ALONE
) -> Weakness | None:
    """Return why the password is easily guessed; `known` are
    words that somebody would try for this person.
    """
    text = opaque_string(password)
    if _length(text) < demand.length:
        return Weakness.SHORT
    if len(set(text.casefold())) < MIN_KINDS:
        return Weakness.REPEATED
    words = list(_words(known))
    weakest: Weakness | None = None
    for chunk in _chunks(text):
        weakest = _judge(chunk, words, demand.guesses)
        if weakest is None:
            return None
    return weakest


def _length(text: str) -> float:
    return len(text) + (LARGE_SCRIPT_WEIGHT - 1) * len(LARGE_SCRIPT.findall(text))


def _chunks(text: str) -> Iterator[str]:
    """Give the first part, and for a long text another: it is strong when a part of it is."""
    for start in range(0, min(len(text), CHUNK * CHUNKS), CHUNK):
        chunk = text[start : start + CHUNK]
        if start == 0 or len(chunk) >= ALONE.length:
            yield chunk


def _words(known: Iterable[str]) -> Iterator[str]:
    for phrase in known:
        text = phrase.casefold()[:100]
        yield text
        yield text.replace(" ", "")
        words = regex.findall(r"[\p{L}\p{N}]+", regex.sub("['\u2019]", "", text))
        yield from (" ".join(words), "".join(words))
        yield from (word for word in words if len(word) > 2)


def _judge(chunk: str, words: list[str], min_guesses: int) -> Weakness | None:
    forms = [chunk] if chunk.isascii() else [chunk, chunk.casefold().translate(KEYBOARD)]
    for form in forms:
        with _lock:
            result = zxcvbn(_readable(form), user_inputs=words)
        if float(result["guesses_log10"]) + _unseen(result["sequence"]) < min_guesses:
            return _reason(result["sequence"])
    return None


def _readable(text: str) -> str:
    kinds = {char for char in text if ord(char) in SIGNS}
    return text.translate(SIGNS) if len(kinds) > MAX_SIGN_KINDS else text


def _unseen(sequence: list[dict[str, Any]]) -> int:
    """Return what zxcvbn misses, as a power of ten: it takes every sign for one of ten."""
    guessed = (match["token"] for match in sequence if match["pattern"] == "bruteforce")
    return sum(len(LARGE_SCRIPT.findall(token)) for token in guessed)


def _reason(sequence: list[dict[str, Any]]) -> Weakness:
    longest = max(sequence, key=lambda match: len(match["token"]))
    if any(match.get("dictionary_name") == "user_inputs" for match in _with_base(sequence)):
        return Weakness.PERSONAL
    if longest["pattern"] == "repeat":
        return Weakness.REPEATED
    if longest["pattern"] in {"sequence", "spatial"}:
        return Weakness.SEQUENCE
    return Weakness.COMMON


def _with_base(sequence: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for match in sequence:
        yield match
        yield from match.get("base_matches", [])
