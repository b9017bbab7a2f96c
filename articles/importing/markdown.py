"""Markdown with front matter; docs/publishing.md describes the form to those who write it."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from articles.importing.page import Line, Page
from articles.importing.types import (
    ImportedComment,
    ImportedFact,
    Manuscript,
    ManuscriptError,
    Question,
)

FENCE = "---"
NAMES = {
    "title": "title",
    "slug": "slug",
    "topic": "topic",
    "about the topic": "topic_introduction",
    "author": "author",
    "published": "published_at",
    "updated": "updated_at",
    "short answer": "short_answer",
}
ENTRY = re.compile(r"(?P<name>[a-z ]+):(?:\s+(?P<value>.*))?")
SECTION = re.compile(
    r"## +(?:(?P<facts>facts)(?:: *(?P<heading>.+))?|(?P<faq>frequently asked questions)"
    r"|(?P<discussion>discussion)(?P<closed> *\(closed\))?)",
    re.IGNORECASE,
)
BULLETS = ("- ", "* ")
HEADING = "### "
ANCHOR = re.compile(r"[\w-]+")
NOBODY = "a reader"
# An article with more of them is refused: each is compared
# with each when the article is brought again.
MOST_FACTS = 200
MOST_QUESTIONS = 200


def begins(page: Page) -> bool:
    return page.line is not None and page.line.text == FENCE


def read(page: Page) -> Manuscript:
    manuscript = Manuscript(**_front_matter(page), body="")
    first = page.number
    manuscript = replace(manuscript, body=_text(page.take_until(_opens_section)))
    if not manuscript.body:
        raise ManuscriptError(first, "expected the text of the article.")
    while page.line is not None:
        manuscript = _with_section(manuscript, page)
    return manuscript


def _front_matter(page: Page) -> dict[str, Any]:
    opening = page.take(FENCE)
    entries: dict[str, Any] = {"line": opening.number}
    while (line := page.take(f"“{FENCE}” after the front matter")).text != FENCE:
        match = ENTRY.fullmatch(line.text)
        if not match or match["name"] not in NAMES:
            raise ManuscriptError(
                line.number, f"expected one of “{': …”, “'.join(NAMES)}: …” or “{FENCE}”."
            )
        if NAMES[match["name"]] in entries:
            raise ManuscriptError(line.number, f"expected “{match['name']}” only once.")
        more = page.take_until(lambda line: not line.text.startswith((" ", "\t")))
        value = " ".join([match["value"] or "", *(line.text.strip() for line in more)]).strip()
        entries[NAMES[match["name"]]] = _value(match["name"], value, line)
        entries["line"] = line.number if match["name"] == "title" else entries["line"]
    if not entries.get("title"):
        raise ManuscriptError(opening.number, "expected “title: …” in the front matter.")
    return entries


def _value(name: str, value: str, line: Line) -> Any:
    if name == "published":  # an article may be published later
        return _time(value, line)
    return _past(value, line) if name == "updated" else _unquoted(value)


def _unquoted(value: str) -> str:
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] == '"' else value


def _time(value: str, line: Line) -> datetime:
    """Return a time in UTC; a time without a zone is read as UTC."""
    try:
        time = datetime.fromisoformat(value)
        return time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as error:  # a zone can lead out of the years there are
        raise ManuscriptError(line.number, "expected a time such as 2026-10-31 09:30.") from error


def _date(value: str, line: Line) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise ManuscriptError(line.number, "expected a date such as 2026-10-31.") from error


def _text(lines: list[Line]) -> str:
    return "\n".join(line.text for line in lines).strip("\n")


def _opens_section(line: Line) -> bool:
    return bool(SECTION.fullmatch(line.text))


def _opens_entry(line: Line) -> bool:
    return line.text.startswith(HEADING) or _opens_section(line)


def _with_section(manuscript: Manuscript, page: Page) -> Manuscript:
    line = page.take("a section")
    section = SECTION.fullmatch(line.text)
    if not section:
        raise ManuscriptError(line.number, "expected a section such as “## Facts”.")
    if section["facts"] and not manuscript.facts:
        return replace(
            manuscript, facts_heading=(section["heading"] or "").strip(), facts=_facts(page)
        )
    if section["faq"] and not manuscript.faq:
        return replace(manuscript, faq=_faq(page))
    if section["discussion"] and not manuscript.comments:
        return replace(manuscript, comments=_comments(page), is_closed=bool(section["closed"]))
    raise ManuscriptError(line.number, "expected each section only once.")


def _facts(page: Page) -> list[ImportedFact]:
    facts: list[ImportedFact] = []
    page.skip_blank()
    while page.line is not None and not _opens_section(page.line):
        fact = _fact(page.take("a fact"))
        if len(facts) == MOST_FACTS:
            raise ManuscriptError(fact.line, f"expected at most {MOST_FACTS} facts.")
        about = page.take_until(lambda line: not line.text.startswith((" ", "\t")))
        facts.append(_about_fact(fact, about))
        page.skip_blank()
    return facts


def _fact(line: Line) -> ImportedFact:
    text = line.text[1:].strip()
    if not line.text.startswith(BULLETS) or not text:
        raise ManuscriptError(line.number, "expected a fact: “- text” or “- **Label:** value”.")
    label, _bold, value = text.removeprefix("**").partition("**")
    label, value = label.removesuffix(":"), value.removeprefix(":")
    if text.startswith("**") and label and value.startswith(" "):
        return ImportedFact(line.number, label=label, value=value.strip())
    return ImportedFact(line.number, text=text)


def _about_fact(fact: ImportedFact, lines: list[Line]) -> ImportedFact:
    for line in lines:
        name, _colon, value = line.text.strip().partition(":")
        value = value.strip()
        if name == "As of" and value:
            fact = replace(fact, as_of=_date(value, line))
        elif name == "Source" and value:
            source, url = _link(value)
            fact = replace(fact, source=source, source_url=url)
        else:
            raise ManuscriptError(line.number, "expected “Source: …” or “As of: …” below a fact.")
    return fact


def _link(text: str) -> tuple[str, str]:
    """Read “[name](address)”, or a name alone."""
    name, _bracket, url = text.removeprefix("[").removesuffix(")").rpartition("](")
    is_link = (
        text.startswith("[") and text.endswith(")") and name and url and not re.search(r"\s", url)
    )
    return (name, url) if is_link else (text, "")


def _faq(page: Page) -> list[Question]:
    faq: list[Question] = []
    page.skip_blank()
    while page.line is not None and not _opens_section(page.line):
        line = page.take("a question")
        if len(faq) == MOST_QUESTIONS:
            raise ManuscriptError(line.number, f"expected at most {MOST_QUESTIONS} questions.")
        question, anchor = _question(line)
        answer = _text(page.take_until(_opens_entry))
        if not answer:
            raise ManuscriptError(line.number, "expected an answer below the question.")
        faq.append(Question(line.number, question, answer, anchor))
    return faq


def _question(line: Line) -> tuple[str, str]:
    """Read “### Question {#anchor}”; the anchor may be left out."""
    text = line.text.removeprefix(HEADING).strip()
    if not line.text.startswith(HEADING) or not text:
        raise ManuscriptError(line.number, "expected a question: “### Question”.")
    question, _brace, anchor = text.removesuffix("}").rpartition(" {#")
    if text.endswith("}") and question.strip() and ANCHOR.fullmatch(anchor):
        return question.strip(), anchor
    return text, ""


def _comments(page: Page) -> list[ImportedComment]:
    comments: list[ImportedComment] = []
    branch: list[
        int
    ] = []  # the positions of the comment before and of those it answers, one a depth
    page.skip_blank()
    while page.line is not None and not _opens_section(page.line):
        line = page.take("a comment")
        depth, comment = _heading_of_comment(line)
        if not comment or depth > len(branch):
            raise ManuscriptError(
                line.number,
                "expected a comment, “### Name, 2026-10-31 09:30”, or a reply, “### > Name”.",
            )
        body = _text(page.take_until(_opens_entry))
        if not body:
            raise ManuscriptError(
                line.number, "expected the words of the comment below its author."
            )
        branch = [*branch[:depth], len(comments)]
        comments.append(replace(comment, body=body, parent=branch[depth - 1] if depth else None))
    return comments


def _heading_of_comment(line: Line) -> tuple[int, ImportedComment | None]:
    """Read “### >> Name, time (removed: reason)” into its
    depth and a comment that has no words yet.
    """
    text = line.text.removeprefix(HEADING).strip()
    said = text.lstrip(">")
    depth = len(text) - len(said)
    removed = ""
    if said.endswith(")") and "(removed:" in said:
        said, _bracket, reason = said[:-1].rpartition("(removed:")
        removed = reason.strip()
    author, comma, time = (part.strip() for part in said.partition(","))
    if not line.text.startswith(HEADING) or not author or bool(comma) != bool(time):
        return depth, None
    author = "" if author.lower() == NOBODY else author
    written_at = _past(time, line) if time else None
    return depth, ImportedComment(line.number, "", author, written_at, removed_for=removed)


def _past(value: str, line: Line) -> datetime:
    time = _time(value, line)
    if time > datetime.now(UTC):
        raise ManuscriptError(line.number, "expected a time that has passed.")
    return time
