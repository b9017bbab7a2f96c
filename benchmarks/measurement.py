"""All that is measured on one database, one JSON line for each
figure: python -m benchmarks.measurement OPTIONS
"""

import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import django

from benchmarks.figure import Figure

if TYPE_CHECKING:
    from benchmarks.site import Person

GROUPS = ("pages", "bytes", "live", "votes", "posts", "memory")
POSTERS = 16


@dataclass
class Options:
    database: str
    sizes: list[int]
    site: int
    groups: list[str]
    quick: bool
    ports: tuple[int, int]


def main(options: Options) -> None:
    django.setup()
    from benchmarks import site
    from forum.maintenance.progress import ProgressBar

    site.prepare()
    bar = ProgressBar(2 * sum(options.sizes), f"comments on {options.database}")
    site.fill(options.sizes, bar)
    people = site.signed_in(POSTERS)
    for figure in _measured(options, people, bar.total, options.groups):
        _print(figure)
    if options.site and options.database == "postgresql":
        site.fill_elsewhere(
            options.site, ProgressBar(options.site, "comments elsewhere on the site")
        )
        again = [group for group in options.groups if group in {"pages", "posts", "votes"}]
        for figure in _measured(options, people, bar.total + options.site, again):
            _print(figure)


def _measured(
    options: Options, people: "list[Person]", size: int, groups: list[str]
) -> Iterator[Figure]:
    from django.db import connection

    from benchmarks import database, pages, server, standing, writing
    from benchmarks.bench import Bench

    connection.close()
    process = database.server_process(os.environ["DATABASE_URL"])
    with (
        TemporaryDirectory() as folder,
        server.site(options.ports[0]) as ours,
        server.constant(options.ports[1], Path(folder)) as constant,
    ):
        database.pin(process)
        bench = Bench(
            options.database, ours, constant, process, options.sizes, size, quick=options.quick
        )
        measurements: dict[str, Callable[[], Iterator[Figure]]] = {
            "pages": lambda: pages.pages(bench, people[0]),
            "bytes": lambda: standing.page_bytes(bench),
            "live": lambda: standing.live(bench),
            "votes": lambda: writing.votes(bench, people),
            "posts": lambda: writing.posts(bench, people),
            "memory": lambda: standing.memory(bench),
        }
        for group in groups:
            yield from measurements[group]()


def _print(figure: Figure) -> None:
    print(json.dumps(asdict(figure)), flush=True)  # noqa: T201


if __name__ == "__main__":
    main(Options(**json.loads(sys.argv[1])))
