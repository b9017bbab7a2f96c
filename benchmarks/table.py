"""The figures as Markdown."""

from collections.abc import Iterable, Iterator

from benchmarks.figure import Figure
from benchmarks.target import GROWTH, SITE_GROWTH, growth, target

NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
TITLES = {
    "pages": "Pages",
    "posts": "New comments",
    "votes": "Votes",
    "memory": "Memory",
    "bytes": "Bytes of a page",
    "live": "Readers who wait for news",
}


def write(figures: list[Figure], facts: list[str]) -> str:
    """One table for each kind, and what one can read from them."""
    lines = ["# Results", "", *facts, ""]
    for group, title in TITLES.items():
        found = [figure for figure in figures if figure.group == group]
        if found:
            lines += [f"## {title}", "", *_table(found), ""]
    return "\n".join(lines)


def _table(figures: list[Figure]) -> Iterator[str]:
    if figures[0].group in {"memory", "bytes"}:
        yield from _rows(["database", "what", "bytes", "", "target"], map(_standing, figures))
        return
    heads = (
        "database|what|in the discussion|on the site|clients|a second|a second of one "
        "core|database, ms|p50, ms|p99, ms"
        "|beside|beside it, a second|of one core|its p99, ms|ratio|time against the "
        "fewest|bytes||target"
    ).split("|")
    yield from _rows(heads, (_moving(figure, _smallest(figure, figures)) for figure in figures))


def _rows(heads: list[str], rows: Iterable[list[str]]) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{' --- |' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _standing(figure: Figure) -> list[str]:
    return [
        NAMES[figure.database],
        figure.name,
        f"{figure.size:,}",
        figure.note,
        _verdict(target(figure)),
    ]


def _moving(figure: Figure, smallest: Figure) -> list[str]:
    grown = growth(figure, smallest)
    is_first = figure is smallest
    most = SITE_GROWTH if figure.group in {"posts", "votes"} else GROWTH
    against = "" if is_first or not grown else f"{grown:.2f} {'✓' if grown <= most else '✗'}"
    return [
        NAMES[figure.database],
        figure.name,
        f"{figure.comments:,}",
        f"{figure.site:,}",
        str(figure.clients),
        f"{figure.rate:,.0f}",
        f"{figure.per_cpu:,.0f}",
        _number(figure.database_ms),
        f"{figure.p50:.2f}",
        f"{figure.p99:.2f}",
        figure.beside,
        f"{figure.beside_rate:,.0f}",
        _whole(figure.beside_per_cpu),
        _number(figure.beside_p99),
        _number(figure.ratio),
        against,
        _whole(figure.size),
        figure.note,
        _verdict(target(figure)),
    ]


def _smallest(figure: Figure, figures: list[Figure]) -> Figure:
    same = [
        other
        for other in figures
        if (other.database, other.name, other.clients)
        == (figure.database, figure.name, figure.clients)
    ]
    return min(same, key=lambda other: (other.site, other.comments))


def _verdict(found: tuple[str, bool] | None) -> str:
    return f"{found[0]}: {'met' if found[1] else '**not met**'}" if found else ""


def _number(value: float) -> str:
    return f"{value:.2f}" if value else ""


def _whole(value: float) -> str:
    return f"{value:,.0f}" if value else ""
