"""Compare two revisions of an article, text by text."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from articles.revisions.content import Content
from text.diff import Piece, differences


class Compared(NamedTuple):
    label: str
    before: list[Piece]  # kept and gone ones
    after: list[Piece]  # kept and added ones


def compare(old: Content, new: Content) -> list[Compared]:
    """Return the texts that differ, in the order of the page."""
    pairs = zip(_texts(old), _texts(new), strict=True)
    return [
        _compared(label, before, after)
        for (label, before), (_label, after) in pairs
        if before != after
    ]


def _compared(label: str, before: str, after: str) -> Compared:
    pieces = differences(before, after)
    return Compared(
        label,
        [piece for piece in pieces if piece.kind != "added"],
        [piece for piece in pieces if piece.kind != "gone"],
    )


def _texts(content: Content) -> Iterator[tuple[str, str]]:
    yield _("Title"), content["title"]
    yield _("Short answer"), content["short_answer"]
    yield _("Text"), content["body"]
    yield _("Heading of the facts"), content["facts_heading"]
    yield _("Facts"), "\n\n".join(map(_fact, content["facts"]))
    yield _("Questions"), "\n\n".join(map(_question, content["faq"]))
    yield _("Sources"), "\n".join(map(_source, content["sources"]))


def _fact(row: dict[str, Any]) -> str:
    labelled = f"{row['label']}: {row['value']}" if row["label"] else ""
    source = " ".join(filter(None, [row["source"], row["source_url"], row["as_of"]]))
    return "\n".join(filter(None, [labelled, row["text"], source]))


def _question(row: dict[str, Any]) -> str:
    return f"{row['question']} (#{row['slug']})\n{row['answer']}"


def _source(source: dict[str, Any]) -> str:
    return " ".join(filter(None, [source["title"], source["url"]]))
