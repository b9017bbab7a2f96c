"""A chart of requests per second of one core, readable in light and dark."""

from collections.abc import Iterator
from html import escape
from math import log10

from benchmarks.figure import Figure

WIDTH, LABELS, VALUES = 760, 220, 70
BAR, GAP, TOP = 11, 10, 48
HIGHEST = 5  # the power of ten at which the scale ends
COLOURS = {"sqlite": ("#3b82b5", "SQLite"), "postgresql": ("#c26a32", "PostgreSQL")}
STYLE = """\
.ground { fill: #fff } text { font: 12px system-ui, sans-serif; fill: #222 }
.faint { fill: #5a5a5a }
.few { stroke: #000; stroke-width: 2 }
@media (prefers-color-scheme: dark) {
.ground { fill: #16181c } text { fill: #eee } .faint { fill: #aaa } .few { stroke: #fff } }"""


def draw(figures: list[Figure]) -> str:
    """A bar for the most comments, and in it a stroke where the fewest would end."""
    shown = [
        figure
        for figure in figures
        if figure.clients == 1 and figure.per_cpu and figure.group != "live"
    ]
    lines, y = [], TOP
    for name in dict.fromkeys(figure.name for figure in shown):
        lines.append(
            f'<text x="{LABELS - 8}" y="{y + BAR}" text-anchor="end">{escape(name)}</text>'
        )
        for database in COLOURS:
            if same := [
                figure for figure in shown if (figure.name, figure.database) == (name, database)
            ]:
                lines += _bar(same, y)
                y += BAR + 2
        y += GAP
    return "\n".join([*_frame(y), *lines, "</svg>\n"])


def _frame(height: int) -> Iterator[str]:
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">'
    yield "<title>So many a second of one core, on a logarithmic scale</title>"
    yield f"<style>{STYLE}</style>"
    yield f'<rect class="ground" width="{WIDTH}" height="{height}" />'
    for number, (colour, title) in enumerate(COLOURS.values()):
        x: float = LABELS + 100 * number
        yield f'<rect x="{x}" y="8" width="10" height="10" fill="{colour}" />'
        yield f'<text x="{x + 15}" y="17">{title}</text>'
    yield f'<text x="{LABELS + 215}" y="17" class="faint">| with the fewest comments</text>'
    at = f'x="{LABELS - 8}" y="38" class="faint" text-anchor="end"'
    yield f"<text {at}>a second of one core</text>"
    for power in range(HIGHEST + 1):
        x = _at(10**power)
        yield f'<text x="{x:.0f}" y="38" class="faint" text-anchor="middle">{10**power:,}</text>'
        yield f'<line x1="{x:.0f}" x2="{x:.0f}" y1="{TOP - 4}" y2="{height}" stroke="#8884" />'


def _bar(same: list[Figure], y: int) -> Iterator[str]:
    few, *_ = ordered = sorted(same, key=lambda figure: (figure.site, figure.comments))
    many = ordered[-1]
    width = _at(many.per_cpu) - LABELS
    colour, at = COLOURS[many.database][0], _at(few.per_cpu)
    end = max(_at(many.per_cpu), at) + 6
    yield f'<rect x="{LABELS}" y="{y}" width="{width:.0f}" height="{BAR}" fill="{colour}" />'
    yield f'<line class="few" x1="{at:.0f}" x2="{at:.0f}" y1="{y}" y2="{y + BAR}" />'
    yield f'<text x="{end:.0f}" y="{y + BAR - 1}">{many.per_cpu:,.0f}</text>'


def _at(value: float) -> float:
    return LABELS + log10(max(value, 1)) * (WIDTH - LABELS - VALUES) / HIGHEST
