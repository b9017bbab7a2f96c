"""Keep the passages of an article in step with its text: their ids last, their words change."""

from collections.abc import Iterator
from itertools import count
from typing import Any

from django.utils import timezone

from articles.models import Article, Passage
from articles.passages.matching import match
from text.html_blocks import blocks, marked
from text.markdown import plain_text

BATCH = 200
Kind = Passage.Kind


def sync_passages(article: Article, html: str) -> str:
    """Update the passages from the article's HTML, facts and answers; return the HTML with ids."""
    words = [plain_text(block) for block in blocks(html)]
    sync = PassageSync(article)
    paragraphs = iter(sync.paragraphs([said for said in words if said]))
    for fact in article.facts.all():
        sync.row(Kind.FACT, "fact", words=str(fact), fact_id=fact.pk)
    for entry in article.faq.all():
        answer = plain_text(entry.answer_html)
        sync.row(
            Kind.ANSWER,
            f"faq-{entry.slug}",
            words=f"{entry.question} {answer}",
            faq_entry_id=entry.pk,
        )
    sync.save()
    return marked(html, [next(paragraphs).anchor if said else "" for said in words])


class PassageSync:
    """The passages that an article has had, compared with those that it has now."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.known = list(article.passages.all())
        self.anchors = {passage.anchor for passage in self.known}
        self.said: list[Passage] = []
        self.changed: list[Passage] = []
        self._numbers: dict[str, Iterator[int]] = {}

    def paragraphs(self, words: list[str]) -> list[Passage]:
        old = [
            passage
            for passage in self.known
            if passage.kind == Kind.PARAGRAPH and not passage.gone_at
        ]
        gone = self._gone(Kind.PARAGRAPH)
        same = match(words, [passage.words for passage in old], [passage.words for passage in gone])
        for place, said in enumerate(words):
            known = [*old, *gone][same[place]] if place in same else None
            self._say(known or self._new(Kind.PARAGRAPH, "p"), words=said, position=place)
        return list(self.said)

    def row(self, kind: str, anchor: str, *, words: str, **row: int) -> None:
        """Find the passage by its fact or answer, or else by the same words that are gone."""
        [(column, key)] = row.items()
        mine = (passage for passage in self.known if getattr(passage, column) == key)
        returned = (passage for passage in self._gone(kind) if passage.words == words)
        passage = next(mine, None) or next(returned, None) or self._new(kind, anchor)
        self._say(passage, words=words, **row)

    def save(self) -> None:
        said = {passage.anchor for passage in self.said}
        for passage in self.known:
            if passage.anchor not in said and not passage.gone_at:
                passage.gone_at = timezone.now()
                self.changed.append(passage)
        # New passages have no key yet.
        changed = [passage for passage in self.changed if passage.pk]
        Passage.objects.bulk_create([passage for passage in self.said if passage.pk is None], BATCH)
        # An upsert, for bulk_update() takes half a millisecond a row to write its SQL.
        Passage.objects.bulk_create(
            changed, BATCH, update_conflicts=True, unique_fields=["pk"], update_fields=Passage.SAYS
        )

    def _say(self, passage: Passage, **what: Any) -> None:
        self.said.append(passage)
        if passage.say(**what):
            self.changed.append(passage)

    def _gone(self, kind: str) -> list[Passage]:
        return [passage for passage in self.known if passage.kind == kind and passage.gone_at]

    def _new(self, kind: str, base: str) -> Passage:
        """Return a new passage whose anchor no other has or had."""
        free = base if kind == Kind.ANSWER and base not in self.anchors else None
        anchor = free or next(name for name in self._numbered(base) if name not in self.anchors)
        self.anchors.add(anchor)
        return Passage(article=self.article, kind=kind, anchor=anchor)

    def _numbered(self, base: str) -> Iterator[str]:
        """Yield names from where the last one was found: a long text has thousands of passages."""
        numbers = self._numbers.setdefault(base, count(1))
        return (f"{base}-{number}" for number in numbers)
