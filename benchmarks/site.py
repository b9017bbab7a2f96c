"""The site that is measured: articles of one kind, with discussions of every size. Needs Django."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client

from accounts.joining import join
from accounts.models import User
from articles.importing import read
from articles.importing.publication import publish
from articles.models import Article
from config.static import collect_changed
from forum.discussion.sorting import SORTINGS
from forum.maintenance.generation import Outline, dropped_indexes, generate
from forum.models import Comment

MANUSCRIPT = "samples/tea.md"
# Threads of about ten comments in every size, so that a page
# of one shows as much as a page of the other.
COMMENTS_PER_THREAD = 10
AUTHORS_REPLIES = 0.3
# So many threads are left behind a page far in: enough to fill it, even in the smallest discussion.
LEFT_BEHIND = 8
ELSEWHERE = 100_000  # comments in each of the other discussions of a large site

Progress = Callable[[int], None]


@dataclass(frozen=True)
class Person:
    cookies: str
    token: str


def prepare() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    collect_changed()


def fill(sizes: list[int], progress: Progress) -> None:
    """Create two discussions of each size: many threads, and one thread of direct replies."""
    with transaction.atomic(), _indexes_aside():
        for size in sizes:
            threads = max(size // COMMENTS_PER_THREAD, 1)
            outline = Outline(comments=size, threads=threads, authors_replies=AUTHORS_REPLIES)
            generate(write(f"many-{size}"), outline, progress=progress)
            generate(
                write(f"one-{size}"), Outline(comments=size, levels=2, threads=1), progress=progress
            )
    settle()


def fill_elsewhere(comments: int, progress: Progress) -> None:
    """The discussions of the other articles."""
    with transaction.atomic(), _indexes_aside():
        for number in range(max(comments // ELSEWHERE, 1)):
            outline = Outline(comments=min(comments, ELSEWHERE), seed=number)
            generate(write(f"elsewhere-{number}"), outline, progress=progress)
    settle()


def settle() -> None:
    """Run the database maintenance that would follow in the hours after so many new rows."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
        cursor.execute(
            "CHECKPOINT" if connection.vendor == "postgresql" else "PRAGMA wal_checkpoint(TRUNCATE)"
        )


def write(slug: str) -> Article:
    manuscript = read((settings.BASE_DIR / MANUSCRIPT).read_bytes())
    author = User.objects.filter(username="Benchmark Author").first() or _join("Benchmark Author")
    return publish(replace(manuscript, slug=slug, comments=[]), author=author)


def signed_in(number: int) -> list[Person]:
    return [_sign_in(_join(f"Benchmark Reader {each}")) for each in range(1, number + 1)]


def addresses(size: int) -> dict[str, str]:
    """Return the pages of a discussion of this size by name; only the first one is cached."""
    page, comments = (
        f"/articles/many-{size}/",
        Comment.objects.filter(discussion__article__slug=f"many-{size}"),
    )
    found = {"article, kept": page, "article": f"{page}?unkept"}
    for name, sorting in SORTINGS.items():
        heads = sorting.threads(comments.heads())
        far = max(heads.count() - LEFT_BEHIND, 1)
        found[f"{name}, first page"] = f"{page}?sort={name}&unkept"
        found[f"{name}, far in"] = (
            f"{page}?sort={name}&after={sorting.cursor_at(heads[far - 1])}&unkept"
        )
    thread = Comment.objects.filter(discussion__article__slug=f"one-{size}").order_by("pk").first()
    newest = comments.order_by("-pk")[30 if size > 30 else 0].pk
    reply = comments.filter(depth=1).order_by("pk")[size // 2 % 10]
    return found | {
        "a comment": f"/comments/{reply.pk}/?unkept",
        "a thread": f"/comments/{thread and thread.pk}/?unkept",
        "a thread, far in": f"/comments/{thread and thread.pk}/?after={max(size - 70, 1)}&unkept",
        "new since": f"{page}new/?since={newest}",
    }


def _indexes_aside() -> AbstractContextManager[Any]:
    return dropped_indexes() if connection.vendor == "postgresql" else nullcontext()


def _join(name: str) -> User:
    return join(email=f"{name.lower().replace(' ', '-')}@benchmark.invalid", username=name)


def _sign_in(person: User) -> Person:
    client = Client(HTTP_HOST="localhost")
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    token = "t" * 32
    cookies = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    return Person(f"{cookies}; {settings.CSRF_COOKIE_NAME}={token}", token)
