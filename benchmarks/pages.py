"""Reading: every address of a discussion, at every size."""

from collections.abc import Iterator

from benchmarks.bench import Bench
from benchmarks.figure import Figure
from benchmarks.request import Request
from benchmarks.site import Person, addresses

MANY = 16  # clients at once
# Measured with one client and with many; the rest with one.
BUSY = ("article, kept", "article")


def pages(bench: Bench, reader: Person) -> Iterator[Figure | None]:
    for size in bench.sizes:
        found = addresses(size)
        for name, path in found.items():
            for clients in (1, MANY) if name in BUSY else (1,):
                yield bench.compare("pages", name, Request.read(path), clients=clients, comments=size)
        signed_in = Request.read(f"/articles/many-{size}/", Cookie=reader.cookies)
        for clients in (1, MANY):
            yield bench.compare("pages", "article, signed in", signed_in, clients=clients, comments=size)
        yield from live_answers(bench, size)


def live_answers(bench: Bench, size: int) -> Iterator[Figure | None]:
    path = f"/articles/many-{size}/live/"
    _, headers, _ = bench.site.get(Request.read(path))
    known = {name.lower(): value for name, value in headers}.get("etag")
    yield bench.compare("pages", "live answer", Request.read(path), clients=1, comments=size)
    if known:
        unchanged = Request.read(path, If_None_Match=known)
        yield bench.compare("pages", "live answer, nothing new", unchanged, clients=1, comments=size)
