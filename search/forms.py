"""Read the address of a search. Nothing in it is an error."""

from dataclasses import dataclass
from typing import Final

from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.http import urlencode

from articles.models import Article
from database.keyset import Cursor, parse_cursor
from search.results import CURSOR, KINDS
from text.search_words import LONGEST_QUERY, Query, parse_query

NAMES: Final = [kind.name for kind in KINDS]


@dataclass(frozen=True)
class Asked:
    text: str
    only: str  # one kind of results; "" for all
    slug: str
    cursor: Cursor | None

    @cached_property
    def query(self) -> Query:
        return parse_query(self.text)

    @cached_property
    def article(self) -> Article | None:
        """The article whose discussion is searched; None searches everything."""
        return Article.objects.published().filter(slug=self.slug).first() if self.slug else None

    @property
    def everywhere(self) -> str:
        return self.address(article="")

    @property
    def same(self) -> str:
        return self.address()

    @property
    def all_kinds(self) -> str:
        return self.address(**{"in": ""})

    def address(self, **changes: str) -> str:
        """Return the part of the address behind the path, from its first page on."""
        fields = {"q": self.text, "in": self.only, "article": self.slug, **changes}
        return "?" + urlencode({name: value for name, value in fields.items() if value})


def asked(data: QueryDict) -> Asked:
    text = " ".join(data.get("q", "").replace("\0", " ").split())[:LONGEST_QUERY]
    only = data.get("in", "")
    return Asked(
        text,
        only if only in NAMES else "",
        data.get("article", "").replace("\0", "")[:200],
        parse_cursor(data.get("after"), CURSOR),
    )
