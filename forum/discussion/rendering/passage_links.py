"""Render the small link beside each passage of an article, with the count of comments about it."""

import re
from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from articles.models import Article, FAQEntry, Passage
from text.html_blocks import MARK, with_at_end

CACHED_LINKS = 20_000

COMMENT_ON = {
    Passage.Kind.PARAGRAPH: _("Comment on this paragraph"),
    Passage.Kind.FACT: _("Comment on this fact"),
    Passage.Kind.ANSWER: _("Comment on this answer"),
}
COMMENTS_ON = {
    Passage.Kind.PARAGRAPH: ngettext_lazy(
        "%d comment on this paragraph", "%d comments on this paragraph"
    ),
    Passage.Kind.FACT: ngettext_lazy("%d comment on this fact", "%d comments on this fact"),
    Passage.Kind.ANSWER: ngettext_lazy("%d comment on this answer", "%d comments on this answer"),
}


@dataclass
class PassageLinks:
    article: Article
    counts: dict[str, int]

    def in_text(self) -> SafeString:
        """Return the article's text with a link in place of each mark."""

        def link(mark: re.Match[str]) -> str:
            return self.beside(mark[1], Passage.Kind.PARAGRAPH)

        return SafeString(MARK.sub(link, self.article.body_html))

    def in_answer(self, entry: FAQEntry) -> SafeString:
        link = self.beside(entry.passage.anchor, Passage.Kind.ANSWER)
        return SafeString(with_at_end(entry.answer_html, link))

    def beside(self, anchor: str, kind: str) -> SafeString:
        return _link(self.article.slug, anchor, kind, self.counts.get(anchor, 0), get_language())


@lru_cache(CACHED_LINKS)
def _link(slug: str, anchor: str, kind: str, count: int, language: str | None) -> SafeString:
    address = reverse("passage", args=[slug, anchor])
    label, number = str(COMMENT_ON[Passage.Kind(kind)]), SafeString()
    if count:
        label = COMMENTS_ON[Passage.Kind(kind)] % count
        number = format_html('<span aria-hidden="true">{}</span> ', count)
    link = ' <a class="about" href="{}" rel="nofollow">{}<span class="vh">{}</span></a>'
    return format_html(link, address, number, label)
