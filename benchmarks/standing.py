"""Measure the costs of an idle site: memory, bytes of a page, readers who wait for news."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from benchmarks.asking import Asking
from benchmarks.bench import Bench
from benchmarks.figure import Figure
from benchmarks.request import Request

LOADED = re.compile(r'<(?:link[^>]*rel="(?:stylesheet|icon)"[^>]*href|script[^>]*src)="([^"]+)"')
READERS, EVERY = 5000, 20  # so many, each asking so often, in seconds
CONNECTIONS = 250


def memory(bench: Bench) -> Iterator[Figure]:
    yield bench.figure("memory", "a worker, after all of this", size=bench.site.memory())


def page_bytes(bench: Bench) -> Iterator[Figure]:
    """The smallest discussion has a full page, too."""
    path = f"/articles/many-{bench.sizes[0]}/"
    _, _, page = bench.site.get(Request(path))
    shown = page.count(b'class="comment-body"')
    parts = {path, *LOADED.findall(page.decode())}
    for encoding in ("br", "gzip"):
        sizes = [
            len(bench.site.get(Request(urlsplit(part).path, (("Accept-Encoding", encoding),)))[2])
            for part in parts
        ]
        yield bench.figure(
            "bytes",
            f"a page with {shown} comments and all it loads, {encoding}",
            comments=bench.sizes[0],
            size=sum(sizes),
            note=f"{len(parts)} files",
        )


def live(bench: Bench) -> Iterator[Figure]:
    """Readers ask whether there is something new; there is not."""
    path = f"/articles/many-{bench.sizes[-1]}/live/"
    tag = bench.site.tag(path)
    if not tag:
        return
    seconds = 2.0 if bench.quick else float(EVERY)
    requests = [[Request.read(path, If_None_Match=tag)]] * CONNECTIONS
    result = Asking(bench.site, requests, seconds, pace=READERS / EVERY / CONNECTIONS).run()
    yield bench.figure(
        "live",
        f"{READERS:,} readers, each every {EVERY} s",
        comments=bench.sizes[-1],
        clients=CONNECTIONS,
        rate=result.rate,
        per_cpu=result.per_cpu,
        p50=result.p50[0],
        p99=result.p99[0],
        note=f"{100 * result.cpu / result.seconds:.1f} % of one core",
    )
