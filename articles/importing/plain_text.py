"""The plain text of a published page: title, paragraphs, facts, questions with answers, comments.

Title
Paragraphs, set apart by blank lines.
Heading of the facts:
  • A fact
Frequently Asked Questions
A question?
Its answer
Discussion Comments
Comments, set apart by two blank lines
"""

import re
from dataclasses import dataclass, field

from articles.importing.page import Line, Page
from articles.importing.types import (
    ImportedComment,
    ImportedFact,
    Manuscript,
    ManuscriptError,
    Question,
)

FAQ_HEADING = "Frequently Asked Questions"
DISCUSSION_HEADING = "Discussion Comments"
# Buttons and links that are copied along with a page.
BOILERPLATE = {"Post your comments", "Forgot password?"}
BULLET = "•"

MARKUP = re.compile(r"[\\`*_\[\]<~]|&(?=#?\w+;)|^(?:#{1,6}(?=\s|$)|[->+=|]|:(?=-))", re.MULTILINE)
LIST_NUMBER = re.compile(r"^(\d{1,9})(?=[.)])", re.MULTILINE)


@dataclass
class _Words:
    """The part above the questions."""

    paragraphs: list[str] = field(default_factory=list)
    facts_heading: str = ""
    facts: list[ImportedFact] = field(default_factory=list)


def read(page: Page) -> Manuscript:
    title = _title(page)
    words = _words(page)
    faq = _faq(page)
    comments = _comments(page)
    return Manuscript(
        line=title.number,
        title=title.text.strip(),
        body="\n\n".join(words.paragraphs),
        facts_heading=words.facts_heading,
        facts=words.facts,
        faq=faq,
        comments=comments,
    )


def in_markdown(text: str) -> str:
    """Markdown that shows the text as it is."""
    return LIST_NUMBER.sub(r"\1\\", MARKUP.sub(r"\\\g<0>", text))


def _title(page: Page) -> Line:
    page.skip_blank()
    title = page.take("the title of an article")
    if page.line is not None and not page.line.is_blank:
        raise ManuscriptError(page.number, "expected a blank line below the title.")
    return title


def _words(page: Page) -> _Words:
    words = _Words()
    while not _stands(page, FAQ_HEADING):
        lines = page.paragraph()
        if not lines:
            raise ManuscriptError(
                page.number, f"expected “{FAQ_HEADING}”, found the end of the file."
            )
        if words.facts:
            raise ManuscriptError(lines[0].number, f"expected “{FAQ_HEADING}” below the facts.")
        if _begins_facts(lines, page):
            words.facts_heading = lines[0].text.strip().removesuffix(":")
            words.facts = _facts(lines[1:] or page.paragraph())
        else:
            words.paragraphs.append(_markdown(lines))
    if not words.paragraphs:
        raise ManuscriptError(page.number, "expected a paragraph of text above the questions.")
    return words


def _begins_facts(lines: list[Line], page: Page) -> bool:
    if not lines[0].text.endswith(":"):
        return False
    if len(lines) > 1:
        return _is_bullet(lines[1])
    page.skip_blank()
    return page.line is not None and _is_bullet(page.line)


def _is_bullet(line: Line) -> bool:
    return line.text.lstrip().startswith(BULLET)


def _facts(lines: list[Line]) -> list[ImportedFact]:
    for line in lines:
        if not _is_bullet(line):
            raise ManuscriptError(line.number, f"expected a fact: “{BULLET} text”.")
    return [
        ImportedFact(line.number, text=line.text.strip().removeprefix(BULLET).strip())
        for line in lines
    ]


def _markdown(lines: list[Line]) -> str:
    return in_markdown("\n".join(line.text.strip() for line in lines))


def _stands(page: Page, *words: str) -> bool:
    page.skip_blank()
    return page.line is not None and page.line.text.strip() in words


def _faq(page: Page) -> list[Question]:
    page.take(FAQ_HEADING)
    faq: list[Question] = []
    while not _stands(page, DISCUSSION_HEADING, *BOILERPLATE):
        if page.line is None and faq:
            break
        line = page.take("a question that ends in “?”")
        if not _asks(line):
            raise ManuscriptError(line.number, "expected a question that ends in “?”.")
        faq.append(Question(line.number, line.text.strip(), _answer(page)))
    return faq


def _asks(line: Line) -> bool:
    return line.text.endswith("?")


def _answer(page: Page) -> str:
    paragraphs: list[str] = []
    while (
        not _stands(page, DISCUSSION_HEADING, *BOILERPLATE)
        and page.line is not None
        and not _asks(page.line)
    ):
        paragraphs.append(_markdown(page.paragraph()))
    if not paragraphs:
        raise ManuscriptError(page.number, "expected an answer to the question above.")
    return "\n\n".join(paragraphs)


def _comments(page: Page) -> list[ImportedComment]:
    if _stands(page, DISCUSSION_HEADING):
        page.take(DISCUSSION_HEADING)
    comments: list[tuple[int, list[str]]] = []
    gap = 2
    while not _stands(page, *BOILERPLATE) and page.line is not None:
        number = page.number
        words = _markdown(page.paragraph())
        if gap > 1:
            comments.append((number, [words]))
        else:
            comments[-1][1].append(words)
        gap = page.skip_blank()
    _furniture(page)
    return [ImportedComment(number, "\n\n".join(paragraphs)) for number, paragraphs in comments]


def _furniture(page: Page) -> None:
    for line in page:
        if not line.is_blank and line.text.strip() not in BOILERPLATE:
            raise ManuscriptError(line.number, "expected the end of the page.")
