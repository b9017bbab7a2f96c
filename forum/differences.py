"""What changed from one text to another, word by word. Pure, and bounded in time whatever the texts."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

# A word with the space behind it, or space that begins a text.
_WORD: Final = re.compile(r"\S+\s*|\s+")
# Comparing takes time with every pair of equal words. Beyond this the changed part is shown as a whole.
MOST_WORK: Final = 2_000_000

Kind = Literal["kept", "added", "gone"]


@dataclass(frozen=True)
class Piece:
    kind: Kind
    text: str


def differences(before: str, after: str) -> list[Piece]:
    """All pieces but the added ones are the first text, all but those that are gone the second."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    middle = _compare(old[start : len(old) - end], new[start : len(new) - end])
    pieces = [("kept", old[:start]), *middle, ("kept", old[len(old) - end :])]
    return [Piece(kind, "".join(words)) for kind, words in pieces if words]


def _common(old: list[str], new: list[str]) -> int:
    """How many words both begin with."""
    for number, (left, right) in enumerate(zip(old, new, strict=False)):
        if left != right:
            return number
    return min(len(old), len(new))


def _compare(old: list[str], new: list[str]) -> Iterator[tuple[Kind, list[str]]]:
    if _work(old, new) > MOST_WORK:
        yield from (("gone", old), ("added", new))
        return
    for tag, i, j, k, m in SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            yield "kept", old[i:j]
        else:
            yield from (("gone", old[i:j]), ("added", new[k:m]))


def _work(old: list[str], new: list[str]) -> int:
    """An upper bound of the steps. Words that are everywhere are passed over, as difflib does ("autojunk")."""
    counts = Counter(new)
    everywhere = len(new) // 100 + 1 if len(new) >= 200 else len(new)
    pairs = sum(counts[word] for word in old if counts[word] <= everywhere)
    return min(len(old), len(new)) * (len(old) + pairs)
