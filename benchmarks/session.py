"""One run of the benchmarks, from the command line to the results."""

import json
import socket
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.chart import draw
from benchmarks.database import environment
from benchmarks.figure import Figure
from benchmarks.machine import facts
from benchmarks.measurement import GROUPS
from benchmarks.table import write
from tests.postgres import NoPostgreSQL

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "results"
SIZES, QUICK_SIZES = "100,1000,100000,1000000", "100,1000"


def run(arguments: list[str]) -> None:
    options = _parser().parse_args(arguments)
    databases = ["sqlite", "postgresql"] if options.database == "both" else [options.database]
    try:
        figures = [figure for database in databases for figure in _measured(database, options)]
    except NoPostgreSQL:
        sys.exit(
            "There is no PostgreSQL here: run python3 manage.py test once, or name one with "
            "DATABASE_URL."
        )
    folder: Path = options.results
    folder.mkdir(parents=True, exist_ok=True)
    lines = write(
        figures,
        [f"Measured on {datetime.now(UTC):%d %B %Y} with `{_command(arguments)}`.", *facts()],
    )
    (folder / "results.md").write_text(lines)
    (folder / "results.svg").write_text(draw(figures))
    (folder / "results.json").write_text(
        json.dumps([vars(figure) for figure in figures], indent=1) + "\n"
    )
    sys.stderr.write(f"{folder / 'results.md'}\n")


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python3 -m benchmarks", description=__doc__)
    parser.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument(
        "--sizes", metavar="N,N", help=f"comments in a discussion (default: {SIZES})"
    )
    parser.add_argument(
        "--site",
        type=int,
        default=0,
        metavar="N",
        help="comments elsewhere on the site (PostgreSQL)",
    )
    parser.add_argument("--only", choices=GROUPS, action="append")
    parser.add_argument(
        "--quick", action="store_true", help="a look whether it runs; the figures mean little"
    )
    parser.add_argument("--results", type=Path, default=RESULTS, metavar="FOLDER")
    return parser


def _measured(database: str, options: Namespace) -> Iterator[Figure]:
    sizes = options.sizes or (QUICK_SIZES if options.quick else SIZES)
    ports = _free_port(), _free_port()
    wanted = {
        "database": database,
        "sizes": sorted(map(int, sizes.split(","))),
        "site": options.site,
        "groups": options.only or list(GROUPS),
        "quick": options.quick,
        "ports": ports,
    }
    command = [sys.executable, "-m", "benchmarks.measurement", json.dumps(wanted)]
    with (
        environment(database, ports[0]) as place,
        subprocess.Popen(
            command, cwd=ROOT, env=place, stdout=subprocess.PIPE, text=True
        ) as process,
    ):
        for line in process.stdout or []:
            figure = Figure(**json.loads(line))
            sys.stderr.write(f"{database}: {figure.name} ({figure.comments:,}, {figure.clients})\n")
            yield figure
    if process.returncode:
        sys.exit(f"The measurement on {database} ended early; the lines above say why.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _command(arguments: list[str]) -> str:
    return " ".join(["python3 -m benchmarks", *arguments])
