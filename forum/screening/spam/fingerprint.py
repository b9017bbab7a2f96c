"""Finding the same text again, whatever its capitals, spaces and punctuation."""

from hashlib import blake2b
from typing import Final

from forum.screening.spam.tokens import readable, sites, words

# "Thank you!" is said by many, and means it.
FEWEST_LETTERS: Final = 30


def fingerprint(text: str) -> int | None:
    """Fits a column of 64 bits; nothing for a text so short that it is said again by chance."""
    said = " ".join(words(readable(text)))
    if len(said) < FEWEST_LETTERS:
        return None
    digest = blake2b(" ".join([said, *sites(text)]).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
