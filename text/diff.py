"""Compare two texts word by word, in bounded time."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

# A word with the space behind it, or space that begins a text.
_WORD: Final = re.compile(r"\S+\s*|\s+")
# Beyond so many steps, some 50 ms, the changed part is shown as a whole.
MOST_WORK: Final = 2_000_000

Kind = Literal["kept", "added", "gone"]


@dataclass(frozen=True)
class Piece:
    kind: Kind
    text: str


def differences(before: str, after: str) -> list[Piece]:
    """Return the pieces of both texts: kept and gone ones are the first text, kept and added ones
    the second. Changed spaces are no difference.
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    pieces: list[Piece] = []
    for tag, i, j, k, m in _steps(_stripped(old), _stripped(new)):
        if tag == "equal":
            pairs = zip(old[i:j], new[k:m], strict=True)
            pieces.append(_piece("kept", [max(pair, key=len) for pair in pairs]))
        else:
            pieces += [_piece("gone", old[i:j]), _piece("added", new[k:m])]
    return [piece for piece in pieces if piece.text]


def _stripped(words: list[str]) -> list[str]:
    return [word.strip() for word in words]


def _piece(kind: Kind, words: Sequence[str]) -> Piece:
    return Piece(kind, "".join(words))


Step = tuple[str, int, int, int, int]


def _steps(old: list[str], new: list[str]) -> Iterator[Step]:
    """Yield difflib's opcodes. Only the part between a common start and a common end is
    compared.
    """
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    old_end, new_end = len(old) - end, len(new) - end
    yield "equal", 0, start, 0, start
    for tag, *numbers in _compare(old[start:old_end], new[start:new_end]):
        i, j, k, m = (start + number for number in numbers)
        yield tag, i, j, k, m
    yield "equal", old_end, len(old), new_end, len(new)


def _common(old: list[str], new: list[str]) -> int:
    """Return the number of words that both begin with."""
    for number, (left, right) in enumerate(zip(old, new, strict=False)):
        if left != right:
            return number
    return min(len(old), len(new))


def _compare(old: list[str], new: list[str]) -> list[Step]:
    if _work(old, new) > MOST_WORK:
        return [("replace", 0, len(old), 0, len(new))]
    return list(SequenceMatcher(None, old, new).get_opcodes())


def _work(old: list[str], new: list[str]) -> int:
    """Return an upper bound of the steps. Very frequent words are skipped, as difflib does
    ("autojunk").
    """
    counts = Counter(new)
    everywhere = len(new) // 100 + 1 if len(new) >= 200 else len(new)
    pairs = sum(counts[word] for word in old if counts[word] <= everywhere)
    return min(len(old), len(new)) * (len(old) + pairs)
