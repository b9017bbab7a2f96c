"""Search a large discussion in the database of the environment: `python -m drills.finding SLUG`.

Plants texts in several scripts among the comments of the article, searches for them and for the
commonest words, and prints what it found and how long each page and each statement took, as JSON.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random
from typing import Any

import django

PLANTED = 400
KNOWN_ITEMS = 100
QUERIES = 200
COMMON_WORDS = 1000
LETTERS = {
    "latin": "aeioubcdfghlmnprstvéüñß",
    "cyrillic": "абвгдежзиклмнопрстуяю",
    "greek": "αβγδεζηθικλμνοπρστυω",
    "arabic": "بتجدرسشعفقكلمنهوي",
    "han": "水火山川日月星木金土風雨雲海港潮汐船燈塔北京大學東市",
    "kana": "あいうえおかきくけこさしすせそたちつてとなにのはひふへほ",
    "hangul": "가나다라마바사아자차카타파하물불산강달별",
}
WITHOUT_SPACES = {"han", "kana"}


def texts(chance: Random) -> list[str]:
    """Return texts of words that nobody else uses, in each script in turn."""
    names = [*LETTERS]
    return [_text(names[number % len(names)], chance) for number in range(PLANTED)]


def _text(script: str, chance: Random) -> str:
    words = ["".join(chance.choices(LETTERS[script], k=chance.randint(4, 9))) for _ in range(8)]
    return ("" if script in WITHOUT_SPACES else " ").join(words)


def with_slip(word: str, chance: Random) -> str:
    """Return the word with two letters swapped, one left out or one doubled."""
    at = chance.randrange(1, len(word) - 1)
    kind = chance.randrange(3)
    if kind == 0:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + (word[at + 1 :] if kind == 1 else word[at] + word[at:])


def plant(article: Any, chance: Random) -> dict[int, str]:
    """Write texts over comments of the article, from the oldest to the newest."""
    from forum.discussion.words import words_of_comment
    from forum.models import Comment

    comments = Comment.objects.filter(discussion__article=article)
    keys = comments.order_by("pk").values_list("pk", flat=True)
    first, last = keys[0], keys.reverse()[0]
    planted = {}
    for number, text in enumerate(texts(chance)):
        key = first + (last - first) * number // PLANTED
        words = words_of_comment(text, article=article.pk)
        row = Comment.objects.filter(pk=key)
        html = f"<p>{text}</p>"
        if row.update(body=text, html=html, visible_text=text, search_words=words):
            planted[key] = text
    return planted


class Clock:
    """The seconds of each page and of each statement."""

    def __init__(self) -> None:
        self.pages: list[float] = []
        self.statements: list[float] = []

    @contextmanager
    def page(self) -> Iterator[None]:
        from django.db import connection

        began = time.perf_counter()
        with connection.execute_wrapper(self._statement):
            yield
        self.pages.append(time.perf_counter() - began)

    def _statement(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(*arguments)
        finally:
            self.statements.append(time.perf_counter() - began)

    def figures(self) -> dict[str, float]:
        return {
            "page_p50": _ms(self.pages, 0.5),
            "page_p99": _ms(self.pages, 0.99),
            "statement_p99": _ms(self.statements, 0.99),
            "statement_max": _ms(self.statements, 1.0),
        }


def _ms(seconds: list[float], part: float) -> float:
    ordered = sorted(seconds)
    return round(1000 * ordered[min(len(ordered) - 1, int(part * len(ordered)))], 1)


def measure(slug: str) -> dict[str, Any]:
    from django.test import Client

    from accounts import limits
    from accounts.counters import Rate
    from articles.models import Article
    from search import known_words
    from search.models import KnownWord

    limits.SEARCH_FROM_NETWORK = (Rate("search", 10**9, 60),)
    known_words.COMMENTS_AT_ONCE = 20_000  # type: ignore[misc]
    chance, browser = Random(12), Client()  # noqa: S311 - the same texts each time
    article = Article.objects.get(slug=slug)
    planted = plant(article, chance)
    while known_words.learn():
        pass
    chosen = chance.sample(sorted(planted), KNOWN_ITEMS)
    common = KnownWord.objects.order_by("-count").values_list("word", flat=True)[:COMMON_WORDS]

    def ask(clock: Clock, text: str) -> str:
        with clock.page():
            response = browser.get("/search/", {"q": text}, HTTP_HOST="localhost")
        if response.status_code != 200:
            raise RuntimeError(f"{text!r}: {response.status_code}")
        return response.content.decode()

    clocks = {name: Clock() for name in ("queries", "common", "known", "slips")}
    for text in _queries([*planted.values()], [*common], chance):
        ask(clocks["queries"], text)
    for text in common:
        ask(clocks["common"], text)
    exact = sum(f"/comments/{key}/" in ask(clocks["known"], _two(planted[key])) for key in chosen)
    slipped = sum(
        f"/comments/{key}/" in ask(clocks["slips"], _two(planted[key], chance)) for key in chosen
    )
    return {
        "known_words": KnownWord.objects.count(),
        "found": exact,
        "found_with_slip": slipped,
        **{name: clock.figures() for name, clock in clocks.items()},
    }


def _two(text: str, chance: Random | None = None) -> str:
    """Return two words of a text, the first with a slip; of a text without spaces, six letters."""
    words = text.split()
    if len(words) == 1:
        place = chance.randrange(2, 4) if chance else 0
        run = text[4:12]
        return f"{run[:place]}{'々' if place else ''}{run[place + bool(place) :]}"
    first, second = (word for word in sorted(words, key=len)[-2:])
    return f"{with_slip(first, chance) if chance else first} {second}"


def _queries(planted: list[str], common: list[str], chance: Random) -> list[str]:
    """Return queries of rare and common words, phrases, beginnings and exclusions."""
    shapes: list[Callable[[str, str, str], str]] = [
        lambda rare, word, other: rare,
        lambda rare, word, other: f"{word} {other}",
        lambda rare, word, other: f'"{word} {other}"',
        lambda rare, word, other: f"{word} -{other}",
        lambda rare, word, other: f"{word[:4]}*",
        lambda rare, word, other: f"{rare} {word}",
        lambda rare, word, other: f'"{rare}"',
    ]
    return [
        shapes[number % len(shapes)](_two(chance.choice(planted)), *chance.sample(common, 2))
        for number in range(QUERIES)
    ]


if __name__ == "__main__":
    django.setup()
    print(json.dumps(measure(sys.argv[1])))  # noqa: T201
