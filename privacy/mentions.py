"""Find a person's name and addresses in stored text of any form."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

Mentions = Callable[[Any], bool]


def mentions_of(*, names: Iterable[str], addresses: Iterable[str]) -> Mentions:
    """Return a function that says whether a value names the person, as whole words."""
    patterns = [_pattern(names), _pattern(addresses, re.IGNORECASE)]

    def mentions(value: Any) -> bool:
        return any(pattern.search(text) for text in _texts(value) for pattern in patterns)

    return mentions


def _pattern(words: Iterable[str], flags: int = 0) -> re.Pattern[str]:
    either = "|".join(re.escape(word) for word in words if word)
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)" if either else r"(?!)", flags)


def _texts(value: Any) -> Iterator[str]:
    """Yield every text in a value that may come from JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from _texts(name)
            yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)
