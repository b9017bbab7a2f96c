"""The words by which articles and answers are found."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from text.markdown import plain_text
from text.search_words import search_words

if TYPE_CHECKING:
    from articles.models import Article, Fact, FAQEntry


def words_of_article(article: "Article", facts: "Iterable[Fact]") -> str:
    said = [f"{fact.label} {fact.value} {fact.text} {fact.source}" for fact in facts]
    text = plain_text(article.body_html)
    return search_words(article.title, article.short_answer, article.facts_heading, *said, text)


def words_of_answer(entry: "FAQEntry") -> str:
    return search_words(entry.question, plain_text(entry.answer_html))
