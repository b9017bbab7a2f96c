"""The facts about a comment and its author that rules read. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property

from forum.screening.phrases import Said
from text.folding import words_of
from text.invisible import FILLER
from text.visible import without_signs

LONG_HENCE = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Earlier:
    """Another comment by the same author."""

    at: datetime
    text: str


@dataclass
class Facts:
    text: str  # what readers see
    source: str = ""  # what was typed
    domains: tuple[str, ...] = ()  # of its links, one for each
    at: datetime = LONG_HENCE
    account_age: timedelta = timedelta.max
    written_before: int = 0  # counted as far as the latest ones reach
    earlier: tuple[Earlier, ...] = ()  # the latest ones
    is_trusted: bool = False
    # Between 0 and 1; asked for by a rule about spam only, for an
    # answer costs more than all others together.
    spam: Callable[[], float | None] = lambda: None

    @cached_property
    def words(self) -> list[str]:
        return words_of(self.text)

    @cached_property
    def said(self) -> Said:
        """Return the words of the comment as shown, as typed, and without the signs between
        them.

        A filler is read both as nothing and as a space.
        """
        typed = [self.text, self.source, without_signs(self.source)]
        texts = dict.fromkeys([*typed, *(FILLER.sub(" ", text) for text in typed)])
        return Said([self.words, *map(words_of, list(texts)[1:])])

    @cached_property
    def spam_score(self) -> float | None:
        return self.spam()
