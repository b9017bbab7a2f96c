"""Walk through the site in browsers that the suite does not use: `python -m tests.other_browsers`."""

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
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


def main() -> int:
    with TemporaryDirectory() as folder:
        server = Server(Path(folder), "")
        try:
            server.start()
            return sum(failures(server, Path(folder)))
        finally:
            server.stop()


def failures(server: Server, folder: Path) -> Iterator[bool]:
    for name, (opened, walks) in BROWSERS.items():
        home = folder / name
        home.mkdir()
        with opened(home) as browser:
            visitor = Visitor(
                browser, name, server.site, folder / "data" / "outbox", server.administrator_login()
            )
            yield from (fails(walk, visitor) for walk in walks)


def fails(walk: Walk, visitor: Visitor) -> bool:
    label = f"{visitor.name}: {walk.__name__.replace('_', ' ')}"
    try:
        walk(visitor)
    except STUCK as error:
        print(f"{label}: FAILED\n{error!r}\n{visitor.browser.text()}", flush=True)
        return True
    print(f"{label}: ok", flush=True)
    return False


if __name__ == "__main__":
    sys.exit(main() > 0)
