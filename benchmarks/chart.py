"""The figures of pages as a chart: how much a page costs at every size, in light and in dark."""

from collections.abc import Iterator
from html import escape
from math import log10

from benchmarks.figure import Figure

WIDTH, LABELS, BAR, GAP = 760, 300, 14, 8
COLOURS = {"sqlite": "#2f6f9f", "postgresql": "#b5622a"}
STYLE = """\
text { font: 12px system-ui, sans-serif; fill: #222 } .faint { fill: #666 }
@media (prefers-color-scheme: dark) { text { fill: #eee } .faint { fill: #aaa } }"""


def draw(figures: list[Figure]) -> str:
    bars = [figure for figure in figures if figure.group in {"pages", "posts", "votes"} and figure.clients == 1]
    height = (len(bars) + 3) * (BAR + GAP)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">',
            "<title>So many a second of one core, on a logarithmic scale</title>",
            f"<style>{STYLE}</style>",
            *_scale(height),
            *(line for number, figure in enumerate(bars, 2) for line in _bar(figure, number * (BAR + GAP))),
            "</svg>\n",
        ]
    )


def _scale(height: int) -> Iterator[str]:
    yield '<text x="0" y="12" class="faint">a second of one core</text>'
    for power in range(1, 6):
        x = _length(10**power) + LABELS
        yield f'<text x="{x:.0f}" y="12" class="faint" text-anchor="middle">{10**power:,}</text>'
        yield f'<line x1="{x:.0f}" x2="{x:.0f}" y1="18" y2="{height}" stroke="#8884" />'


def _bar(figure: Figure, y: int) -> Iterator[str]:
    label = f"{figure.name}, {figure.comments:,}"
    if figure.site > figure.comments * 10:
        label += f" of {figure.site:,}"
    colour = COLOURS[figure.database]
    yield f'<text x="{LABELS - 8}" y="{y + BAR - 3}" text-anchor="end">{escape(label)}</text>'
    yield f'<rect x="{LABELS}" y="{y}" width="{_length(figure.per_cpu):.0f}" height="{BAR}" fill="{colour}" />'
    yield f'<text x="{LABELS + _length(figure.per_cpu) + 6:.0f}" y="{y + BAR - 3}">{figure.per_cpu:,.0f}</text>'


def _length(value: float) -> float:
    return log10(max(value, 1)) * (WIDTH - LABELS - 60) / 5
