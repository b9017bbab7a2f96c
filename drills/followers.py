"""A comment costs its writer and readers the same, however many people follow the discussion."""

import json
import time
from dataclasses import dataclass, field
from statistics import median, quantiles

from drills.letters import crowd, first_article, site
from drills.outcome import Outcome
from drills.smtp import FaultyServer
from tests.postgres import postgresql
from tests.server import Browser, Server

FOLLOWERS = 10_000
COMMENTS = 10  # of each phase
WATCHED = 3.0  # seconds after each comment, in which a reader opens the page again and again
COMMENT_LIMIT, PAGE_LIMIT = 1.2, 2.0
GOAL = (
    f"with {FOLLOWERS:,} followers posting takes at most {COMMENT_LIMIT} times as long as without, "
    f"and a reader's page meanwhile at most {PAGE_LIMIT:g} times as long as usual"
)


@dataclass
class Times:
    """Seconds, of a phase without or with followers."""

    posts: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    told: list[float] = field(default_factory=list)  # until everybody was told


def on_both() -> Outcome:
    sqlite = drill("")
    with postgresql(durable=True) as url:
        on_postgresql = drill(url)
    figure = f"SQLite: {sqlite.figure}; PostgreSQL: {on_postgresql.figure}"
    return Outcome(figure, sqlite.is_met and on_postgresql.is_met)


def drill(database: str) -> Outcome:
    """Measure without followers, with them, and without them again, in one run of the site."""
    with site(database, FaultyServer()) as server:
        writer, slug = server.administrator(), first_article(server)
        usual, followed = Times(), Times()
        measure(server, writer, slug, usual, told=0)
        crowd(server, "follow", str(FOLLOWERS), "daily", slug)
        measure(server, writer, slug, followed, told=FOLLOWERS)
        crowd(server, "unfollow")
        measure(server, writer, slug, usual, told=0)
    return _outcome(usual, followed)


def measure(server: Server, writer: Browser, slug: str, times: Times, *, told: int) -> None:
    page, reader = f"/articles/{slug}/", server.administrator()
    token = writer.token(page)
    for _ in range(COMMENTS):
        before = _told(server)
        body = f"It turns, {time.time_ns()}."
        fields = {"body": body, "key": body, "csrfmiddlewaretoken": token}
        begun = time.monotonic()
        if writer.post(f"{page}comments/", **fields) != 302:
            raise RuntimeError("The comment was not posted.")
        times.posts.append(time.monotonic() - begun)
        _watch(reader, page, times)
        while _told(server) < before + told:
            times.told.append(time.monotonic() - begun)


def _watch(reader: Browser, page: str, times: Times) -> None:
    end = time.monotonic() + WATCHED
    while (begun := time.monotonic()) < end:
        reader.get(page)
        times.pages.append(time.monotonic() - begun)


def _told(server: Server) -> int:
    return len(json.loads(crowd(server, "state"))["told"])


def _outcome(usual: Times, followed: Times) -> Outcome:
    post, post_followed = median(usual.posts), median(followed.posts)
    page, page_meanwhile = median(usual.pages), median(followed.pages)
    slowest = quantiles(usual.pages, n=20)[-1], quantiles(followed.pages, n=20)[-1]
    figure = (
        f"comment {_ms(post)} without and {_ms(post_followed)} with followers "
        f"(× {post_followed / post:.2f}), page {_ms(page)} usually and {_ms(page_meanwhile)} "
        f"meanwhile (× {page_meanwhile / page:.2f}; 19 of 20 within {_ms(slowest[0])} and "
        f"{_ms(slowest[1])})"
    )
    is_met = post_followed <= COMMENT_LIMIT * post and page_meanwhile <= PAGE_LIMIT * page
    return Outcome(figure, is_met)


def _ms(seconds: float) -> str:
    return f"{1000 * seconds:.0f} ms"
