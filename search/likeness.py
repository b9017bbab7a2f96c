"""Tell how alike two words are. Pure."""

from typing import Final

SHORTEST: Final = 4  # letters of a known word
SHORTEST_TYPED: Final = 3  # one of them may be missing
LONGEST: Final = 20
LONG: Final = 8  # from so many letters on, a word may have two slips


def is_learned(word: str) -> bool:
    return SHORTEST <= len(word) <= LONGEST and word.isalpha()


def is_correctable(word: str) -> bool:
    return SHORTEST_TYPED <= len(word) <= LONGEST and word.isalpha()


def trigrams(word: str) -> set[str]:
    """Return each three letters in a row; the beginning and the end count as letters.

    The three are sorted: short words with two letters swapped would share none otherwise.
    """
    padded = f" {word} "
    return {"".join(sorted(padded[at : at + 3])) for at in range(len(padded) - 2)}


def most_slips(word: str) -> int:
    return 2 if len(word) >= LONG else 1


def slips(word: str, other: str) -> int:
    """Return how many letters are missing, too many, wrong, or swapped with the next one."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(word, start=1):
        earlier, before, row = before, row, [i]
        for j, letter_there in enumerate(other, start=1):
            costs = [row[j - 1] + 1, before[j] + 1, before[j - 1] + (letter != letter_there)]
            is_swap = i > 1 and j > 1 and word[i - 2] == letter_there and letter == other[j - 2]
            row.append(min(*costs, earlier[j - 2] + 1) if is_swap else min(costs))
    return row[-1]
