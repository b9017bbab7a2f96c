"""One function for each kind of check in a rule. Pure."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Final, Protocol

import regex

from forum.screening.facts import Facts
from forum.screening.links import belongs_to, domains_in
from forum.screening.phrases import phrases_in
from text.folding import words_of
from text.invisible import FILLER

SPEED_WITHIN: Final = timedelta(minutes=10)
# Somebody may say "Thank you very much" as often as there is a reason to.
SHORTEST_REPETITION: Final = 5  # words
BEGINNING: Final = 80  # characters
_NO_LETTER: Final = regex.compile(r"(?V1)[^\p{L}\p{N}]+|\p{Default_Ignorable_Code_Point}+")
# So much of what has capitals is in capitals: an abbreviation or a name in them is not.
SHARE_OF_CAPITALS: Final = 0.7


class Condition(Protocol):
    @property
    def check_kind(self) -> str: ...
    @property
    def words(self) -> str: ...
    @property
    def number(self) -> int | None: ...


class Rule(Protocol):
    @property
    def conditions(self) -> Sequence[Condition]: ...
    @property
    def verdict(self) -> str: ...
    @property
    def trusts(self) -> bool: ...


def has_words(facts: Facts, rule: Condition) -> bool:
    return facts.said.says_one_of(phrases_in(rule.words))


def has_links(facts: Facts, rule: Condition) -> bool:
    return len(facts.domains) >= _number(rule)


def links_to_domain(facts: Facts, rule: Condition) -> bool:
    domains = domains_in(rule.words)
    return any(belongs_to(domain, domains) for domain in facts.domains)


def is_by_new_account(facts: Facts, rule: Condition) -> bool:
    return facts.account_age < timedelta(days=_number(rule))


def is_first_comment(facts: Facts, rule: Condition) -> bool:
    return facts.written_before == 0


def is_fast(facts: Facts, rule: Condition) -> bool:
    within = sum(abs(facts.at - earlier.at) < SPEED_WITHIN for earlier in facts.earlier)
    return within + 1 >= _number(rule)


def is_repetition(facts: Facts, rule: Condition) -> bool:
    # Whoever cites a comment of this site in two places
    # repeats nothing; whoever links elsewhere does.
    own = [chunk for chunk in FILLER.sub(" ", facts.text).split() if "://" not in chunk]
    if len(own) < SHORTEST_REPETITION and not facts.domains:
        return False
    letters = _letters_of(facts.text)
    near = (each.text for each in facts.earlier if _is_near(each.text, facts.text, letters))
    return any(_letters_of(text) == letters for text in near)


def _is_near(text: str, other: str, letters: str) -> bool:
    """Return False for texts that differ in length or at the beginning, which spares most
    foldings.
    """
    length, other_length = _letters_in(other), _letters_in(text)
    if abs(length - other_length) > max(length // 4, 2):
        return False
    beginning = _words_apart(text[:BEGINNING])[:-1]  # the last word may be cut
    return letters.startswith("".join(beginning))


def _letters_of(text: str) -> str:
    """Return a text without the spaces: another filling
    between the same letters makes no other text.
    """
    return "".join(_words_apart(text))


def _words_apart(text: str) -> list[str]:
    return words_of(FILLER.sub(" ", text))


def _letters_in(text: str) -> int:
    return len(_NO_LETTER.sub("", text))


def is_in_capitals(facts: Facts, rule: Condition) -> bool:
    capitals = sum(map(str.isupper, facts.text))
    small = sum(map(str.islower, facts.text))
    return capitals >= max(_number(rule), 1) and capitals >= SHARE_OF_CAPITALS * (capitals + small)


def looks_like_spam(facts: Facts, rule: Condition) -> bool:
    return facts.spam_score is not None and facts.spam_score * 100 >= _number(rule)


CHECKS: Final[dict[str, Callable[[Facts, Condition], bool]]] = {
    "words": has_words,
    "links": has_links,
    "domains": links_to_domain,
    "new_account": is_by_new_account,
    "first": is_first_comment,
    "speed": is_fast,
    "repetition": is_repetition,
    "capitals": is_in_capitals,
    "spam": looks_like_spam,
}
# What a rule of each kind has to say.
NEEDS_WORDS: Final = frozenset({"words", "domains"})
NEEDS_NUMBER: Final = frozenset({"links", "new_account", "speed", "capitals", "spam"})


def _number(rule: Condition) -> int:
    return rule.number or 0
