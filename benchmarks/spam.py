"""Measure the spam filter on a public corpus: `python3 -m benchmarks.spam CORPUS_DIR`.

The corpus is the YouTube Spam Collection (Alberto, Lochter, Almeida 2015): five CSV files, each
with the comments under one video. Three are learnt from, and two are held out whole: their
comments share neither video nor time.
"""

import csv
import html
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter
from typing import Final

from forum.screening.spam.learning import Example, learn
from forum.screening.spam.tokens import tokens
from forum.screening.spam.weights import Weights, priors, score

LEARNT_FROM: Final = ("Youtube01-Psy", "Youtube02-KatyPerry", "Youtube03-LMFAO")
HELD_OUT: Final = ("Youtube04-Eminem", "Youtube05-Shakira")
SPAM_FROM: Final = 0.5
# As many decisions as a small site's moderators make in their first weeks.
FEW: Final = 100


def main(corpus: Path) -> None:
    known, held_out = ([*_read(corpus, names)] for names in (LEARNT_FROM, HELD_OUT))
    few = [*_spread(known, FEW)]
    print(f"Learnt from {_said(known)} under three videos;", end=" ")
    print(f"held out: {_said(held_out)} under two others.\n")
    print("| weights | precision | recall | F1 | AUC |\n| --- | ---: | ---: | ---: | ---: |")
    rows = {
        "priors only (first day)": priors(),
        f"learnt only, {FEW} decisions": learn(few, {"": 0.0}),
        f"learnt and priors, {FEW} decisions": learn(few, priors()),
        f"learnt only, {len(known)} decisions": learn(known, {"": 0.0}),
        f"learnt and priors, {len(known)} decisions": learn(known, priors()),
    }
    for name, weights in rows.items():
        measures = " | ".join(f"{value:.3f}" for value in _measures(weights, held_out))
        print(f"| {name} | {measures} |")
    print(f"\nEach video held out in turn, the others learnt from: F1 {_cross_validated(corpus)}.")
    print(f"\nA comment of 5,000 characters is judged in {_milliseconds():.1f} ms.")


def _cross_validated(corpus: Path) -> str:
    videos = {name: [*_read(corpus, [name])] for name in LEARNT_FROM + HELD_OUT}
    scores = []
    for held_out, examples in videos.items():
        known = [each for name, several in videos.items() if name != held_out for each in several]
        _, _, f1, _ = _measures(learn(known, priors()), examples)
        scores.append(f1)
    return ", ".join(f"{f1:.3f}" for f1 in scores) + f", mean {sum(scores) / len(scores):.3f}"


def _read(corpus: Path, names: Sequence[str]) -> Iterator[Example]:
    for name in names:
        with (corpus / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                text = re.sub(r"<br ?/?>", "\n", html.unescape(row["CONTENT"]))
                yield Example(tokens(text), row["CLASS"] == "1")


def _spread(examples: Sequence[Example], number: int) -> Iterator[Example]:
    yield from (examples[index * len(examples) // number] for index in range(number))


def _said(examples: Sequence[Example]) -> str:
    return f"{len(examples)} comments ({sum(example.is_spam for example in examples)} spam)"


def _measures(weights: Weights, examples: Sequence[Example]) -> tuple[float, float, float, float]:
    """Precision, recall, F1, and how often a spam comment scores above one that is none."""
    spam = [score(weights, example.tokens) for example in examples if example.is_spam]
    good = [score(weights, example.tokens) for example in examples if not example.is_spam]
    found, mistaken = (sum(one >= SPAM_FROM for one in scores) for scores in (spam, good))
    precision, recall = found / max(found + mistaken, 1), found / len(spam)
    above = sum((a > b) + (a == b) / 2 for a in spam for b in good)
    return (
        precision,
        recall,
        2 * precision * recall / max(precision + recall, 1e-9),
        above / len(spam) / len(good),
    )


def _milliseconds() -> float:
    body = (
        "The tide at noon was higher than the wall of the harbour, I think; perhaps because of "
        "the wind. " * 60
    )[:5000]
    times = []
    for _ in range(50):
        start = perf_counter()
        score(priors(), tokens(body))
        times.append(perf_counter() - start)
    return min(times) * 1000


if __name__ == "__main__":
    main(Path(sys.argv[1]))
