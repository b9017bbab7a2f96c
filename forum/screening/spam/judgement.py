"""Judge a comment as spam or not, by the weights of the latest lesson and by facts of this site.

Nothing is learnt here: a lesson is a table of weights that was made in the background.
"""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from time import monotonic
from typing import Any, Final

from django.apps import apps

from forum.screening.spam.fingerprint import fingerprint
from forum.screening.spam.opening import is_hurried
from forum.screening.spam.tokens import sites, tokens
from forum.screening.spam.weights import Weights, heaviest, priors, score

# So many words are shown to a moderator.
MOST_WORDS: Final = 8
# Of so many comments with the same text it is looked up what became of them.
MOST_TWINS: Final = 20
# A new lesson counts after so many seconds at the latest.
LOOKED_AT_EVERY: Final = 60


@dataclass(frozen=True)
class Judgement:
    score: float  # 0 to 1
    words: list[
        tuple[str, float]
    ]  # what weighed most; forum.screening.spam.signs.said puts it into words


def judge(said: str, *, source: str = "", key: str = "", without: int | None = None) -> Judgement:
    """`said` is the text that is judged (Comment.judged);
    `source` is what was typed, if that differs.

    `key` is that of the form; `without` is the comment itself, where it is saved already.
    """
    weights = _latest.weights()
    found = tokens(said, source) | set(_known_here(said, without))
    if is_hurried(key, source or said):
        found.add("#hurried")
    return Judgement(round(score(weights, found), 3), heaviest(weights, found, MOST_WORDS))


def _known_here(said: str, without: int | None) -> Iterator[str]:
    links: Any = apps.get_model("forum", "Link").objects
    yield from (
        standing for domain in sites(said) if (standing := links.standing(domain, without=without))
    )
    text = fingerprint(said)
    if text is not None:
        yield from _twins(text, without)


def _twins(text: int, without: int | None) -> Iterator[str]:
    from forum.screening.models.link import is_spam

    comments = apps.get_model("forum", "Comment").objects.filter(fingerprint=text).order_by("-pk")
    twins = comments.values_list("pk", "status", "removal_reason")[: MOST_TWINS + 1]
    outcomes = [outcome for pk, *outcome in twins if pk != without]
    # Who deletes a comment to write it again says it once.
    standing = [outcome for outcome in outcomes if outcome[0] != "deleted"]
    if any(is_spam(*outcome) for outcome in standing):
        yield "#same text as spam"
    elif standing:
        yield "#same text"


class _Latest:
    """The weights of the latest lesson, kept in the process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        self._weights, self._lesson, self._looked_at = priors(), 0, float("-inf")

    def weights(self) -> Weights:
        with self._lock:
            if monotonic() - self._looked_at > LOOKED_AT_EVERY:
                self._look()
            return self._weights

    def _look(self) -> None:
        lessons: Any = apps.get_model("forum", "Lesson").objects
        newest = lessons.order_by("-pk").values_list("pk", flat=True).first() or 0
        if newest != self._lesson:
            self._weights = lessons.get(pk=newest).weights if newest else priors()
        self._lesson, self._looked_at = newest, monotonic()


_latest: Final = _Latest()
forget: Final = _latest.forget  # for whoever has just made a lesson
