"""Walk through the site in browsers that the suite does not use:
`python -m tests.other_browsers`.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.other_browsers.lynx import lynx
from tests.other_browsers.walks import (
    Browser,
    Visitor,
    first_comment,
    password_back,
    queue,
    read,
    reply,
)
from tests.other_browsers.webdriver import firefox, webkit
from tests.server import Server

Opener = Callable[[Path], AbstractContextManager[Browser]]
Walk = Callable[[Visitor], None]

STUCK = (TimeoutError, RuntimeError, OSError)
ESSENTIAL: list[Walk] = [read, first_comment, password_back]
BROWSERS: dict[str, tuple[Opener, list[Walk]]] = {
    "Firefox": (firefox, [*ESSENTIAL, reply, queue]),
    "WebKit": (webkit, [*ESSENTIAL, reply, queue]),
    "lynx": (lynx, ESSENTIAL),
}


@dataclass(frozen=True)
class Result:
    label: str
    error: str


def main() -> int:
    failed = 0
    for result in walks():
        outcome = f"FAILED\n{result.error}" if result.error else "ok"
        print(f"{result.label}: {outcome}", flush=True)
        failed += bool(result.error)
    return failed


def walks() -> Iterator[Result]:
    """Walk through a site of its own in one browser after the other."""
    with TemporaryDirectory() as folder:
        server = Server(Path(folder), "")
        try:
            server.start()
            yield from _walks_at(server, Path(folder))
        finally:
            server.stop()


def _walks_at(server: Server, folder: Path) -> Iterator[Result]:
    for name, (opened, walks) in BROWSERS.items():
        home = folder / name
        home.mkdir()
        with opened(home) as browser:
            visitor = Visitor(
                browser, name, server.site, folder / "data" / "outbox", server.administrator_login()
            )
            yield from (_result(walk, visitor) for walk in walks)


def _result(walk: Walk, visitor: Visitor) -> Result:
    label = f"{visitor.name}: {walk.__name__.replace('_', ' ')}"
    try:
        walk(visitor)
    except STUCK as error:
        return Result(label, f"{error!r}\n{visitor.browser.text()}")
    return Result(label, "")


if __name__ == "__main__":
    sys.exit(main() > 0)
