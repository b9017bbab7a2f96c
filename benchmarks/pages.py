"""Reading: every address of a discussion, at every size."""

from collections.abc import Iterator

from benchmarks.bench import Bench
from benchmarks.figure import Figure
from benchmarks.request import Request
from benchmarks.site import Person, addresses

MANY = 16  # clients at once
# Asked for by one client and by many; the rest by one.
BUSY = ("article, kept", "article", "article, signed in")


def pages(bench: Bench, reader: Person) -> Iterator[Figure]:
    """The sizes of a page take turns, so that they can be compared."""
    by_size = {size: _requests(bench, size, reader) for size in bench.sizes}
    for name in by_size[bench.sizes[0]]:
        requests = {size: found[name] for size, found in by_size.items() if name in found}
        for clients in (1, MANY) if name in BUSY else (1,):
            yield from bench.compare(name, requests, clients=clients)


def _requests(bench: Bench, size: int, reader: Person) -> dict[str, Request]:
    requests = {name: Request.read(path) for name, path in addresses(size).items()}
    requests["article, signed in"] = Request.read(f"/articles/many-{size}/", Cookie=reader.cookies)
    live = f"/articles/many-{size}/live/"
    requests["live answer"] = Request.read(live)
    requests["live answer, nothing new"] = Request.read(live, If_None_Match=bench.site.tag(live))
    return requests
