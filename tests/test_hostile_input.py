"""Hostile input to any address never makes the server fail."""

from collections.abc import Callable, Iterable
from itertools import cycle
from urllib.parse import quote

from django.test import Client

from accounts.models import User
from articles.models import Article
from forum.discussion.models.comment import COMMENT_MAX_LENGTH
from forum.models import Comment
from tests.corpora import payloads
from tests.drilled import part

TEXTS = [
    "blns",
    "unicode",
    "ssti",
    "sqli",
    "search_query",
    "orm_leak",
    "pathological",
    "commonmark",
    "xml_attack",
]
PATHS = ["path_fuzz", "traversal", "crlf", "open_redirect"]
PAGE = "/articles/high-tide/"


PARTS = 20
# A text that PostgreSQL cannot hold.
NULL = "%00"
DOORS = [
    "/",
    "/articles/",
    "/comments/",
    "/people/",
    "/topics/",
    "/drafts/",
    "/static/",
    "/accounts/",
]


def texts(*names: str) -> list[str]:
    """Return payloads as a browser can send them, up to twice the length of any field."""
    limit = 2 * COMMENT_MAX_LENGTH
    return [
        str(text).encode("utf-8", "replace").decode()[:limit]
        for text in payloads(*(names or TEXTS))
    ]


def part_of(inputs: list[str], *, first: int) -> Iterable[str]:
    """Each test of the suite has other texts; the drill `hostile` sends all of them everywhere."""
    return part(inputs, one_in=PARTS, first=first)


def failures(inputs: Iterable[str], status_of: Callable[[str], int]) -> list[str]:
    return [text[:80] for text in inputs if status_of(text) >= 500]


def test_as_a_comment(
    article: Article, moderator: User, client_of: Callable[[User], Client]
) -> None:
    browser = client_of(moderator)  # staff is not held to the pace of readers
    assert (
        failures(
            part_of(texts(), first=0),
            lambda text: browser.post(f"{PAGE}comments/", {"body": text}).status_code,
        )
        == []
    )


def test_as_the_other_fields_of_a_comment(article: Article) -> None:
    browser = Client(headers={"Sec-Fetch-Site": "same-origin"})

    def status(text: str) -> int:
        data = {"body": "Words.", "parent": text, "key": text, "email": text}
        return browser.post(f"{PAGE}comments/preview/", data).status_code

    assert failures(part_of(texts(), first=2), status) == []


def test_as_parameters(article: Article, say: Callable[..., Comment]) -> None:
    say("Words.")
    names, browser = ["sort", "after", "faq", "next", "page"], Client()
    short = [text[:400] for text in texts(*TEXTS, "param_value")]
    assert (
        failures(
            part_of(short, first=4),
            lambda text: browser.get(PAGE, dict.fromkeys(names, text)).status_code,
        )
        == []
    )


def test_as_a_path(db: None) -> None:
    browser = Client()
    paths = [quote(text[:1000].lstrip("/"), safe="%/\\.;?&=:@") for text in texts(*PATHS, *TEXTS)]
    addresses = [f"{door}{NULL}/" for door in DOORS]
    addresses += part_of(
        [door + path for path, door in zip(paths, cycle(DOORS), strict=False)], first=6
    )
    assert failures(addresses, lambda address: browser.get(address).status_code) == []


def test_as_a_search_in_the_admin(
    moderator: User, client_of: Callable[[User], Client], say: Callable[..., Comment]
) -> None:
    say("Words.")
    browser = client_of(moderator)
    searches = [text[:200] for text in texts("search_query", "orm_leak")]
    assert (
        failures(
            searches, lambda text: browser.get("/admin/forum/comment/", {"q": text}).status_code
        )
        == []
    )


def test_as_fields_and_searches_of_the_desk(
    moderator: User, client_of: Callable[[User], Client]
) -> None:
    browser, form = client_of(moderator), "/desk/articles/new/"
    names = "title short_answer body facts_heading topic published_at slug version discussion"
    rows = "facts-n1-text facts-n1-as_of faq-n1-question faq-n1-slug authors-n1-person"

    def status(text: str) -> int:
        sent: dict[str, object] = dict.fromkeys(f"{names} {rows}".split(), text)
        sent |= {kind: ["n1", text] for kind in ("facts", "faq", "authors", "sources")}
        shown = dict.fromkeys(["q", "state", "after"], text[:400])
        saved, found = browser.post(form, sent | {"act": text}), browser.get("/desk/", shown)
        return max(saved.status_code, found.status_code)

    assert failures(part_of(texts(), first=8), status) == []
