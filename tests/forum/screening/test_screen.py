from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from forum.models import Rule as RuleModel
from forum.screening.checks import CHECKS, NEEDS_NUMBER, NEEDS_WORDS
from forum.screening.facts import Earlier, Facts
from forum.screening.links import domains_linked_in
from forum.screening.verdict import applies, screen

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@dataclass
class Rule:
    check_kind: str
    number: int | None = None
    words: str = ""
    verdict: str = "hold"
    trusts: bool = True
    second: "Rule | None" = None

    @property
    def conditions(self) -> "list[Rule]":
        return [self, *([self.second] if self.second else [])]


def facts(text: str = "Words.", **known: Any) -> Facts:
    return Facts(text, **{"at": NOW, "written_before": 3, **known})


def earlier(*texts: str, ago: timedelta = MINUTE) -> tuple[Earlier, ...]:
    return tuple(Earlier(NOW - ago, text) for text in texts)


SHOUT = "THE TIDE IS LATE AGAIN, SAYS NASA"
CITES = "https://our.example/comments/17/?after=5"
SAID = "The tide is late again today."
FILLERS = [
    "\u3164",
    "\uffa0",
    "\u115f\u1160",
    "\u2800",
]  # letters, and a sign, that fonts draw as a space

APPLY = [
    (Rule("words", words="tide"), facts("The TIDE.")),
    (Rule("words", words="cassowary"), facts(source="casso**wa**ry")),
    (Rule("words", words="cassowary"), facts(source="cassow&#97;ry")),
    (Rule("words", words="cassowary"), facts(source="casso&shy;wa&#8203;ry")),
    (Rule("words", words="tide", second=Rule("first")), facts("The tide.", written_before=0)),
    (Rule("links", 2), facts(domains=("a.example", "a.example"))),
    (Rule("domains", words="spam.example"), facts(domains=("www.spam.example",))),
    (Rule("domains", words="https://www.spam.example/x"), facts(domains=("spam.example",))),
    (Rule("domains", words="bücher.example"), facts(domains=("xn--bcher-kva.example",))),
    (Rule("new_account", 2), facts(account_age=47 * HOUR)),
    (Rule("first"), facts(written_before=0)),
    (Rule("speed", 3), facts(earlier=earlier("a", "b"))),
    (Rule("repetition"), facts(SAID, earlier=earlier("x", SAID.upper(), ago=9 * HOUR))),
    *(
        (
            Rule("repetition"),
            facts(SAID.replace("late", f"la{silent * 40}te"), earlier=earlier(SAID)),
        )
        for silent in (
            "\u200b",
            "\u00ad",
            "\u034f",
            "\u2060",
            "\ufe0f",
            "\u3164",
            "\u0301",
            "\U000e0061",
        )
    ),
    (Rule("repetition"), facts(f"{'!' * 90} {SAID}", earlier=earlier(SAID))),
    *(
        (Rule("repetition"), facts(SAID.replace(" ", filler), earlier=earlier(SAID)))
        for filler in FILLERS
    ),
    *(
        (Rule("repetition"), facts(SAID, earlier=earlier(SAID.replace(" ", filler))))
        for filler in FILLERS
    ),
    *((Rule("words", words="late again"), facts(SAID.replace(" ", filler))) for filler in FILLERS),
    *(
        (Rule("words", words="late"), facts(SAID.replace("late", f"la{filler}te")))
        for filler in FILLERS[:-1]
    ),
    (Rule("repetition"), facts(f"{SAID} {'.' * 90}", earlier=earlier(SAID))),
    (Rule("repetition"), facts("Buy!", domains=("a.example",), earlier=earlier("buy"))),
    (Rule("capitals", 20), facts(SHOUT)),
    (Rule("spam", 90), facts(spam=lambda: 0.9)),
]
DO_NOT = [
    (Rule("words", words="tide"), facts("Tides.")),
    (Rule("words", words="tide", second=Rule("first")), facts("The tide.")),
    (Rule("words", words="tide", second=Rule("first")), facts("The moon.", written_before=0)),
    (Rule("links", 2), facts(domains=("a.example",))),
    (Rule("domains", words="spam.example"), facts(domains=("notspam.example", "spam.example.org"))),
    (Rule("new_account", 2), facts(account_age=48 * HOUR)),
    (Rule("first"), facts()),
    (Rule("speed", 3), facts(earlier=earlier("a", "b", ago=HOUR))),
    (Rule("repetition"), facts("Thank you very much!", earlier=earlier("Thank you very much!"))),
    (Rule("repetition"), facts(CITES, earlier=earlier(CITES))),
    (Rule("repetition"), facts(SAID, earlier=earlier("The tide was late again today."))),
    (Rule("capitals", 20), facts("NASA and NOAA say that the tide is late again.")),
    (Rule("capitals", 20), facts("WHAT?!")),
    (Rule("spam", 90), facts(spam=lambda: 0.89)),
    (Rule("spam", 0), facts()),
]


@pytest.mark.parametrize(("rule", "known"), APPLY)
def test_a_rule_applies(rule: Rule, known: Facts) -> None:
    assert applies(known, rule)


@pytest.mark.parametrize(("rule", "known"), DO_NOT)
def test_a_rule_does_not_apply(rule: Rule, known: Facts) -> None:
    assert not applies(known, rule)


def test_each_kind_of_rule_has_its_check() -> None:
    assert set(CHECKS) == set(RuleModel.Check.values) >= NEEDS_NUMBER | NEEDS_WORDS


HOLDS, REFUSES = Rule("words", words="tide"), Rule("words", words="tide", verdict="refuse")
PASSES = Rule("words", words="harbour", verdict="pass")


def test_the_first_rule_that_applies_decides() -> None:
    assert screen(facts("Tide."), [Rule("first"), REFUSES, HOLDS]) is REFUSES


def test_a_rule_that_lets_through_ends_it() -> None:
    assert screen(facts("Tide in the harbour."), [PASSES, HOLDS]) is None
    assert screen(facts("Tide in the harbour."), [HOLDS, PASSES]) is HOLDS


def test_a_trusted_reader_passes_the_rules_that_trust() -> None:
    strict = Rule("words", words="tide", trusts=False)
    assert screen(facts("Tide.", is_trusted=True), [HOLDS, strict]) is strict


def test_the_score_is_asked_for_by_rules_about_spam_alone() -> None:
    def ask() -> float:
        raise AssertionError

    assert screen(facts(spam=ask), [Rule("words", words="tide")]) is None


HTML = """<p><a href="https://Spam.example./x?a=1&amp;b" rel="nofollow">x</a>
<a href="/people/Ines/">@Ines</a> <a href="mailto:a@b.example">a</a>
<a href="https://our.example/comments/1/">c</a> <a href="https://[/">odd</a>
<a href="https://user:word@sub.spam.example:8080">y</a></p>"""


def test_links_that_lead_away_are_counted() -> None:
    assert domains_linked_in(HTML, own="our.example") == ("spam.example", "sub.spam.example")
