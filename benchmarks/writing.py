"""Comments and votes through the whole path: session, token,
form, Markdown, commit; then they are looked for.
"""

from collections import Counter
from collections.abc import Iterator
from uuid import uuid4

from django.db.models import Count

from benchmarks.asking import Asking, Result, mean
from benchmarks.bench import Bench
from benchmarks.figure import Figure
from benchmarks.request import Request
from benchmarks.site import Person
from forum.models import Comment, Vote

MOST = 2000  # requests a second that are made ready for each client
BODY = (
    "The *second* time I read it, I saw what I had missed.\n\n> It takes a while.\n\nSee "
    "https://example.org/tables."
)
DONE = {302, 303}


def posts(bench: Bench, people: list[Person]) -> Iterator[Figure]:
    for clients in (1, len(people)):
        inserts = bench.inserts(clients)
        run = uuid4().hex[:8]
        asking = _posting(bench, people[:clients], run)
        result = asking.run()
        inserts = (inserts + bench.inserts(clients)) / 2
        yield bench.figure(
            "posts",
            "a new comment",
            comments=bench.sizes[-1],
            clients=clients,
            rate=result.rate,
            per_cpu=result.per_cpu,
            database_ms=result.database_ms,
            p50=mean(result.p50),
            p99=mean(result.p99),
            beside="INSERT with commit",
            beside_rate=inserts,
            note=_read_back(run, result),
        )


def votes(bench: Bench, people: list[Person]) -> Iterator[Figure]:
    comment = Comment.objects.filter(discussion__article__slug=f"many-{bench.sizes[-1]}").order_by(
        "pk"
    )[0]
    for clients in (1, len(people)):
        inserts = bench.inserts(clients)
        result = _voting(bench, people[:clients], comment.pk).run()
        comment.refresh_from_db()
        counted = Vote.objects.filter(comment=comment).aggregate(helpful=Count("pk"))["helpful"]
        exact = comment.helpful + comment.unhelpful == counted
        refused = sum(
            number for status, number in result.statuses.items() if int(status) not in DONE
        )
        yield bench.figure(
            "votes",
            "a vote, all on one comment",
            comments=bench.sizes[-1],
            clients=clients,
            rate=result.rate,
            per_cpu=result.per_cpu,
            database_ms=result.database_ms,
            p50=mean(result.p50),
            p99=mean(result.p99),
            beside="INSERT with commit",
            beside_rate=(inserts + bench.inserts(clients)) / 2,
            note=f"count {'exact' if exact else 'WRONG'}, {refused} refused of {result.count}",
        )


def _read_back(run: str, result: Result) -> str:
    """Each comment that was answered must be there once, and no other."""
    answered = {
        f"{run}-{client}-{number}"
        for client, statuses in enumerate(result.by_client)
        for number, status in enumerate(statuses)
        if status in DONE
    }
    found = Counter(
        Comment.objects.filter(idempotency_key__startswith=f"{run}-").values_list(
            "idempotency_key", flat=True
        )
    )
    lost, doubled = len(answered - found.keys()), found.total() - len(found.keys() & answered)
    return (
        f"{lost} lost, {doubled} doubled, {result.count - len(answered)} refused of {result.count}"
    )


def _posting(bench: Bench, people: list[Person], run: str) -> Asking:
    size = bench.sizes[-1]
    parents = [
        *Comment.objects.filter(discussion__article__slug=f"many-{size}").values_list(
            "pk", flat=True
        )[:50]
    ]
    requests = [
        [
            _comment(
                size,
                person,
                f"{run}-{client}-{number}",
                parents[number % 50 :][:1] if number % 2 else [],
            )
            for number in range(int(MOST * bench.seconds * bench.rounds))
        ]
        for client, person in enumerate(people)
    ]
    return Asking(
        bench.site,
        requests,
        bench.seconds * bench.rounds,
        once=True,
        database=bench.database_process,
    )


def _comment(size: int, person: Person, key: str, parent: list[int]) -> Request:
    fields = {
        "csrfmiddlewaretoken": person.token,
        "body": f"{BODY} {key}",
        "key": key,
        "parent": "".join(map(str, parent)),
    }
    return Request.form(f"/articles/many-{size}/comments/", cookies=person.cookies, fields=fields)


def _voting(bench: Bench, people: list[Person], comment: int) -> Asking:
    """Each says yes, takes it back, says yes again."""
    requests = [
        [
            Request.form(
                f"/comments/{comment}/vote/",
                cookies=person.cookies,
                fields={"csrfmiddlewaretoken": person.token, "value": value},
            )
            for value in ("1", "0")
        ]
        for person in people
    ]
    return Asking(
        bench.site, requests, bench.seconds * bench.rounds, database=bench.database_process
    )
