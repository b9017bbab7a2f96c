"""From a reader's words to what readers see: one way, for the preview and for the comment.

Whom the words name and which comments they cite is looked up here, with one query for each and only
where there is something to look up; articles.markdown makes the HTML.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef

from accounts.names import NAME_MAX_LENGTH, skeleton
from articles.markdown import render_comment
from articles.references import Cited, References

if TYPE_CHECKING:
    from forum.models.comment import Comment

# So many people can be named in one comment, and so many words are taken for one name.
MOST_PEOPLE: Final = 20
MOST_WORDS: Final = 6
# So many comments are shown in one comment, and one comment in so many others: all are rendered anew when it changes.
MOST_CITED: Final = 10
MOST_CITING: Final = 100

_AFTER_AT: Final = re.compile(rf"(?<![A-Za-z0-9_/@])@(\w[^\n@]{{1,{NAME_MAX_LENGTH - 1}}})")
_WORD: Final = re.compile(r"""[^\s!-/:-@\[-`{-~…“”’»、。，]+""")


@dataclass(frozen=True)
class Rendering:
    html: str
    cited: list[int]  # keys of the comments it links to so that they are shown, now or once they are back


def render_words(body: str, *, by: "Comment | None" = None) -> Rendering:
    """The words of a comment, or of one that is not written yet."""
    addresses = cited_in(body)
    comments = _comments(set(addresses.values()), by)
    shown = {pk: _cited(comment) for pk, comment in comments.items() if _is_public(comment)}
    cited = {address: shown[pk] for address, pk in addresses.items() if pk in shown}
    return Rendering(render_comment(body, References(_people(body), cited)), sorted(comments))


def cited_in(body: str) -> dict[str, int]:
    """Links to comments that stand alone on their line, and the keys of these comments."""
    site = re.escape(settings.SITE_URL)
    comment = rf"{site}/(?:comments/(\d{{1,18}})/?(?:[?#]\S*)?|articles/[-\w]+/(?:\?[^\s#]*)?#c(\d{{1,18}}))"
    found = re.finditer(rf"^ {{0,3}}<?({comment})>?[ \t]*$", body, re.MULTILINE)
    keys = {match[1]: int(match[2] or match[3]) for match in found}
    return dict(list(keys.items())[:MOST_CITED])


def _comments(keys: set[int], by: "Comment | None") -> "dict[int, Comment]":
    """Those that are there to be cited, and not by too many others already."""
    from forum.models import Citation, Comment

    if not keys:
        return {}
    others = Citation.objects.filter(cited=OuterRef("pk")).exclude(comment=by and by.pk).order_by("pk")
    found = Comment.objects.filter(~Exists(others[MOST_CITING - 1 : MOST_CITING]), pk__in=keys - {by and by.pk})
    return found.select_related("author", "discussion__article").in_bulk()


def _is_public(comment: "Comment") -> bool:
    return comment.is_published and comment.discussion.article.is_published


def _cited(comment: "Comment") -> Cited:
    return Cited(comment.author_name, comment.excerpt)


def _people(body: str) -> dict[str, str]:
    """Names as they are written behind an "@", and where these people are found."""
    written = {name: skeleton(name) for name in _names_in(body)}
    if not written:
        return {}
    people: Any = get_user_model().objects.filter(username_skeleton__in=set(written.values()), is_active=True)
    addresses = {person.username_skeleton: person.get_absolute_url() for person in people}
    return {name: addresses[known] for name, known in written.items() if known in addresses}


def _names_in(body: str) -> Iterator[str]:
    """What may be a name: "Ines Okafor told" may mean Ines, Ines Okafor, or Ines Okafor told."""
    following = list(dict.fromkeys(_AFTER_AT.findall(body)))[:MOST_PEOPLE]
    for text in following:
        words = islice(_WORD.finditer(text), MOST_WORDS)
        yield from (text[: word.end()] for word in words)
