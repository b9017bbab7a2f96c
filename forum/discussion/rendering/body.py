"""Render the text of a comment to the HTML that is stored, for previews too.

One query finds the people whom the text names, and none runs if it names nobody. text.markdown
makes the HTML; forum.discussion.rendering.references fills in what it refers to when it is read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.contrib.auth import get_user_model

from accounts.names import NAME_MAX_LENGTH, skeleton
from forum.discussion.rendering.references import names_in
from text.addresses import canonical
from text.markdown import render_comment
from text.references import References
from text.visible import is_blank, surely_shows, visible_text
from text.words import WORD

if TYPE_CHECKING:
    from forum.discussion.models.comment import Comment

# The most people in one comment, and the most words in one name.
MOST_PEOPLE: Final = 20
MOST_WORDS: Final = 6
# The most comments that are quoted in one: each of them is read with it.
MOST_CITED: Final = 10

_AFTER_AT: Final = re.compile(rf"(?<![A-Za-z0-9_/@])@(\w[^\n@]{{1,{NAME_MAX_LENGTH - 1}}})")


@dataclass(frozen=True)
class Rendering:
    html: str
    text: str  # what readers see of it; of comments that it quotes, the address alone
    cited: list[int]  # keys of the comments it quotes


def render_body(body: str, *, by: "Comment | None" = None) -> Rendering:
    """Render the text of a comment. With an edit, people whom the comment named before stay the
    same, whatever their names are now.
    """
    addresses, people = cited_in(body), _people(body)
    cited = set(addresses.values())
    if by:
        people |= names_in(by.html)
        cited.discard(by.pk)
    html = render_comment(body, References(people, frozenset(addresses)))
    return Rendering(html, visible_text(html), _comments(cited))


def shows(body: str) -> bool:
    """Return True if readers see anything of a comment with this text."""
    return surely_shows(body) or not is_blank(visible_text(render_comment(body)))


def cited_in(body: str) -> dict[str, int]:
    """Return the links to comments that are alone on their line, with the keys of these
    comments.
    """
    site = re.escape(settings.SITE_URL)
    comment = (
        rf"{site}/(?:comments/(\d{{1,18}})/?(?:[?#]\S*)?"
        rf"|articles/[-\w]+/(?:\?[^\s#]*)?#c(\d{{1,18}}))"
    )
    found = re.finditer(rf"^ {{0,3}}<?({comment})>?[ \t]*$", body, re.MULTILINE)
    keys = {match[1]: int(match[2] or match[3]) for match in found}
    return {canonical(address): pk for address, pk in list(keys.items())[:MOST_CITED]}


def _comments(keys: set[int]) -> list[int]:
    """Return the keys of comments that exist."""
    from forum.discussion.models.comment import Comment

    if not keys:
        return []
    comments = Comment.objects.filter(pk__in=keys).order_by("pk")
    return list(comments.values_list("pk", flat=True))


def _people(body: str) -> dict[str, int]:
    """Return the names as written behind an "@", with the keys of these people. A former name
    stands for the person who had it.
    """
    written = {name: skeleton(name.replace("’", "'")) for name in _names_in(body)}
    if not written:
        return {}
    active: Any = get_user_model().objects.filter(is_active=True).order_by()
    looks = set(written.values())
    people = active.filter(username_skeleton__in=looks).values_list("username_skeleton", "pk")
    former = active.filter(former_names__skeleton__in=looks)
    former = former.values_list("former_names__skeleton", "pk")
    keys = dict(people.union(former))
    return {name: keys[known] for name, known in written.items() if known in keys}


def _names_in(body: str) -> Iterator[str]:
    """Yield possible names: "Ines Okafor told" may mean Ines, Ines Okafor, or Ines Okafor told."""
    following = list(dict.fromkeys(_AFTER_AT.findall(body)))[:MOST_PEOPLE]
    for text in following:
        words = islice(WORD.finditer(text), MOST_WORDS)
        yield from (text[: word.end()] for word in words)
