"""Fill in quoted comments and named people when stored HTML is read.

The stored HTML holds nothing of another row: a quotation is the address of a comment, a mention the
key of a person. So no comment has to be rendered again when a quoted comment, its article or a name
changes, and no page shows what was removed.
"""

import re
from collections.abc import Iterable
from html import escape, unescape
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import Case, F, IntegerField, TextField, Value, When
from django.urls import reverse
from django.utils.translation import gettext

from forum.discussion.rendering.excerpts import excerpt_of

if TYPE_CHECKING:
    from forum.discussion.models.comment import Comment

REL: Final = "nofollow ugc noopener"  # as of any link in a comment

_QUOTATION: Final = re.compile(r'<aside><p>(<a href="([^"]*)"[^>]*>).*?</aside>', re.DOTALL)
_MENTION: Final = re.compile(r'<data value="(\d{1,18})">(.*?)</data>', re.DOTALL)
_KEY: Final = re.compile(r"/comments/(\d{1,18})/?(?:[?#]|$)|#c(\d{1,18})$")


class Quoted(NamedTuple):
    author: str
    words: str


class References:
    """The comments and people that some HTML refers to, read by one query, or none without
    references.
    """

    def __init__(self, pieces: Iterable[str]) -> None:
        self.comments: dict[int, Quoted] = {}
        self.people: dict[int, str] = {}  # their names
        self.articles: set[int] = (
            set()
        )  # of the quoted comments, those that are gone or withdrawn, too
        html = "\n".join(piece for piece in pieces if _refers(piece))
        comments = {_key_in(found[2]) for found in _QUOTATION.finditer(html)}
        people = {int(found[1]) for found in _MENTION.finditer(html)}
        if comments or people:
            self._read(comments, people)

    def fill(self, html: str) -> str:
        """Return the HTML for readers. A hidden comment stays an address, an unknown name has no
        link.
        """
        if not _refers(html):
            return html
        return _MENTION.sub(self._mention, _QUOTATION.sub(self._quotation, html))

    def _read(self, comments: set[int], people: set[int]) -> None:
        for article, key, name, html in _quoted(comments).union(_named(people), all=True):
            if not article:
                self.people[key] = name
                continue
            self.articles.add(article)
            if html is not None:
                self.comments[key] = Quoted(name or gettext("A reader"), excerpt_of(html))

    def _quotation(self, found: re.Match[str]) -> str:
        link, address = found.groups()
        quoted = self.comments.get(_key_in(address))
        if quoted is None:
            return f"<p>{link}{address}</a></p>"
        author, words = escape(quoted.author, quote=False), escape(quoted.words, quote=False)
        return f"<aside><p>{link}<bdi>{author}</bdi></a></p><p>{words}</p></aside>"

    def _mention(self, found: re.Match[str]) -> str:
        name = self.people.get(int(found[1]))
        address = name and escape(reverse("person", args=[name]))
        return f'<a href="{address}" rel="{REL}">{found[2]}</a>' if address else found[2]


def fill_in(comments: "Iterable[Comment]") -> set[int]:
    """Set `shown_html` of all these comments with one query, and return the articles from which
    they quote.
    """
    unfilled = [comment for comment in comments if "shown_html" not in vars(comment)]
    references = References(comment.html for comment in unfilled)
    for comment in unfilled:
        comment.shown_html = references.fill(comment.html)
    return references.articles


def names_in(html: str) -> dict[str, int]:
    """Return the names that stored HTML mentions, with the keys of these people."""
    return {
        unescape(found[2]).removeprefix("@"): int(found[1]) for found in _MENTION.finditer(html)
    }


def _refers(html: str) -> bool:
    return "<aside>" in html or "<data " in html


def _key_in(address: str) -> int:
    found = _KEY.search(unescape(address))
    return int(found[1] or found[2]) if found else 0


def _quoted(keys: set[int]) -> Any:
    """Return the quoted comments, with their HTML only if readers may see it."""
    comments = apps.get_model("forum", "Comment").objects.filter(pk__in=keys).order_by()
    words = Case(
        When(pk__in=comments.published().values("pk"), then=F("html")), output_field=TextField()
    )
    return comments.annotate(words=words).values_list(
        "discussion__article", "pk", "author__username", "words"
    )


def _named(keys: set[int]) -> Any:
    people = get_user_model().objects.filter(pk__in=keys, is_active=True).order_by()
    no_article, no_words = Value(0, IntegerField()), Value("", TextField())
    return people.annotate(article=no_article, words=no_words).values_list(
        "article", "pk", "username", "words"
    )
