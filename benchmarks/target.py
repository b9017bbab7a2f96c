"""The targets, and whether a figure meets its own."""

from benchmarks.figure import Figure

KEPT, CONSTANT_SHARE, P99_FACTOR = "article, kept", 0.7, 2.0
UNKEPT = {"article", "article, signed in"}
PAGES_A_SECOND, POSTS_A_SECOND, VOTES_A_SECOND = 150, 300, 400
GROWTH, SITE_GROWTH = 1.2, 1.3
PAGE_BYTES, LIVE_SHARE = 60 * 1024, 10.0


def target(figure: Figure) -> tuple[str, bool] | None:
    """Return the target in words, and whether it is met; None if there is none."""
    if figure.group == "pages" and figure.name == KEPT:
        met = figure.ratio >= CONSTANT_SHARE and figure.p99 <= P99_FACTOR * figure.beside_p99
        return f"{CONSTANT_SHARE} of a constant answer, p99 within {P99_FACTOR:.0f}×", met
    if figure.group == "pages" and figure.name in UNKEPT:
        return f"{PAGES_A_SECOND} a second of one core", figure.per_cpu >= PAGES_A_SECOND
    if figure.group == "posts":
        return f"{POSTS_A_SECOND} a second of one core", figure.per_cpu >= POSTS_A_SECOND
    if figure.group == "votes":
        return (
            f"{VOTES_A_SECOND} a second of one core, exact",
            figure.per_cpu >= VOTES_A_SECOND and "exact" in figure.note,
        )
    if figure.group == "bytes":
        return "60 KB", figure.size <= PAGE_BYTES
    if figure.group == "live":
        return "a tenth of one core", float(figure.note.split()[0]) < LIVE_SHARE
    return None


def growth(figure: Figure, smallest: Figure) -> float:
    """So many times as long as the same with the fewest
    comments, which was asked for by turns with it.
    """
    return smallest.per_cpu / figure.per_cpu if figure.per_cpu else 0.0
