"""The moderators' queue, little and much waiting, on PostgreSQL: python3 -m benchmarks.queue"""

import os
import statistics
import time
from collections.abc import Iterator

import django

from benchmarks.database import environment

# (comments on the site, of which so many wait)
SIZES = [(100, 10), (1_000_000, 10_000)]
ROUNDS = 60
PAGES = {
    "the first page": "/moderation/",
    "a page in the middle": "/moderation/?after={cursor}",
    "by cause": "/moderation/?cause=flags",
    "words that nobody wrote": "/moderation/?q=xyzzy",
    "what is new": "/moderation/live/",
}


def measure() -> Iterator[tuple[str, int, int, int, float]]:
    """Return page, length of the queue, comments shown, queries, and median milliseconds."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from benchmarks.queue_site import fill, moderator

    written = 0
    for comments, waiting in SIZES:
        fill(comments - written, waiting)
        written = comments
        client = Client()
        client.force_login(
            moderator(), backend="allauth.account.auth_backends.AuthenticationBackend"
        )
        first = client.get("/moderation/")
        cursor = _cursor_of_the_middle(waiting)
        assert first.status_code == 200  # noqa: S101 - otherwise nothing was measured
        for name, page in PAGES.items():
            address = page.format(cursor=cursor)
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                shown = client.get(address).content.count(b'class="item"')
            yield name, waiting, shown, len(queries), statistics.median(_times(client, address))


def _times(client: object, address: str) -> Iterator[float]:
    for _ in range(ROUNDS):
        began = time.perf_counter()
        client.get(address)  # type: ignore[attr-defined]
        yield 1000 * (time.perf_counter() - began)


def _cursor_of_the_middle(waiting: int) -> str:
    from forum.models import Case
    from forum.moderation.queue import Cursor

    case = Case.objects.waiting()[waiting // 2 - 1]
    return str(Cursor(case.severity, case.opened_at, case.pk))


def main() -> None:
    with environment("postgresql", 8000) as variables:
        os.environ.update(
            variables
            | {"ALLOWED_HOSTS": "localhost,testserver", "SITE_URL": "http://localhost:8000"}
        )
        django.setup()
        from benchmarks.site import prepare

        prepare()
        print(  # noqa: T201
            "| what | waiting | shown | queries | ms | against the fewest |\n| --- | --- | --- | "
            "--- | --- | --- |"
        )
        fewest: dict[str, float] = {}
        for name, waiting, shown, queries, ms in measure():
            ratio = ms / fewest.setdefault(name, ms)
            print(  # noqa: T201
                f"| {name} | {waiting:,} | {shown} | {queries} | {ms:.1f} | {ratio:.2f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
