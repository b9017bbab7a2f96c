"""Match the passages of a changed text with those of the text before. Pure: no ORM, no HTTP."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import islice
from typing import Final

# So much of their words two passages have in common, at least, when one is said to be the other,
# edited: half of a paragraph that was split is still alike, two paragraphs on one subject are not.
ALIKE: Final = 0.5
# A word that stands in more passages than this says nothing about which is which.
TELLING: Final = 20
# So many passages that have the most telling words in common are looked at closely.
CANDIDATES: Final = 3
# So many words of each are compared: with the square of their number grows what a comparison costs.
COMPARED: Final = 100


def match(new: Sequence[str], old: Sequence[str], gone: Sequence[str] = ()) -> dict[int, int]:
    """Places in `new`, each with the place of the same passage in `old`, or behind it in `gone`.

    The same words first, wherever they are now; then words most
    alike. What is gone returns by its own words only.
    """
    found = _same(new, [*old, *gone])
    taken = set(found.values())
    left_new = [place for place in range(len(new)) if place not in found]
    left_old = [place for place in range(len(old)) if place not in taken]
    return found | _alike(
        {n: _words(new[n]) for n in left_new}, {o: _words(old[o]) for o in left_old}
    )


def _words(passage: str) -> list[str]:
    return [word[0] for word in islice(re.finditer(r"\w+", passage.casefold()), COMPARED)]


def _same(new: Sequence[str], old: Sequence[str]) -> dict[int, int]:
    places: dict[str, list[int]] = defaultdict(list)
    for place in reversed(range(len(old))):
        places[old[place]].append(place)
    return {place: places[words].pop() for place, words in enumerate(new) if places[words]}


def _alike(new: dict[int, list[str]], old: dict[int, list[str]]) -> dict[int, int]:
    """The likeliest pairs first; of those equally likely the ones that moved least."""
    pairs = []
    for n, o in _candidates(new, old):
        likeness = SequenceMatcher(None, old[o], new[n], autojunk=False).ratio()
        if likeness >= ALIKE:
            pairs.append((-likeness, abs(n - o), n, o))
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, n, o in sorted(pairs):
        if n not in found and o not in taken:
            found[n] = o
            taken.add(o)
    return found


def _candidates(new: dict[int, list[str]], old: dict[int, list[str]]) -> Iterator[tuple[int, int]]:
    """Pairs worth a closer look, a few for each new
    passage: comparing all with all would take minutes.
    """
    holders: dict[str, list[int]] = defaultdict(list)
    for place, words in old.items():
        for word in set(words):
            holders[word].append(place)
    for (n, words), same_rank in zip(new.items(), [*old, *[None] * len(new)], strict=False):
        shared = Counter(o for word in set(words) for o in _told_by(holders[word]))
        likely = {o for o, _ in shared.most_common(CANDIDATES)} | {same_rank}
        yield from ((n, o) for o in likely if o is not None)


def _told_by(places: list[int]) -> list[int]:
    return places if len(places) <= TELLING else []
