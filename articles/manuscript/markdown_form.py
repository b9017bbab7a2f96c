"""Markdown with front matter; docs/publishing.md describes the form to those who write it."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from articles.manuscript.nouns import Manuscript, ManuscriptError, Question, Remark, StatedFact
from articles.manuscript.page import Line, Page

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
TIMES = {"published", "updated"}
ENTRY = re.compile(r"(?P<name>[a-z ]+):(?:\s+(?P<value>.*))?")
SECTION = re.compile(
    r"## +(?:(?P<facts>facts)(?:: *(?P<heading>.+))?|(?P<faq>frequently asked questions)"
    r"|(?P<discussion>discussion)(?P<closed> *\(closed\))?)",
    re.IGNORECASE,
)
FACT = re.compile(r"[-*] +(?:\*\*(?P<label>.+?):?\*\*:? +(?P<value>.+)|(?P<text>.+))")
ABOUT_FACT = re.compile(r"\s+(?:Source: *(?:\[(?P<source>.+)\]\((?P<url>\S+)\)|(?P<name>.+))|As of: *(?P<as_of>.+))")
QUESTION = re.compile(r"### +(?P<question>.+?)(?: +\{#(?P<anchor>[\w-]+)\})?")
REMARK = re.compile(
    r"### +(?P<depth>>*) *(?P<author>[^,]+?)(?:, *(?P<time>[^()]+?))?(?: *\(removed: *(?P<removed>\w+)\))?"
)
NOBODY = "a reader"


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
            raise ManuscriptError(line.number, f"expected one of “{': …”, “'.join(NAMES)}: …” or “{FENCE}”.")
        if NAMES[match["name"]] in entries:
            raise ManuscriptError(line.number, f"expected “{match['name']}” only once.")
        more = page.take_until(lambda line: not line.text.startswith((" ", "\t")))
        value = " ".join([match["value"] or "", *(line.text.strip() for line in more)]).strip()
        entries[NAMES[match["name"]]] = _time(value, line) if match["name"] in TIMES else _unquoted(value)
        entries["line"] = line.number if match["name"] == "title" else entries["line"]
    if not entries.get("title"):
        raise ManuscriptError(opening.number, "expected “title: …” in the front matter.")
    return entries


def _unquoted(value: str) -> str:
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] == '"' else value


def _time(value: str, line: Line) -> datetime:
    """A time without a zone is in UTC."""
    try:
        time = datetime.fromisoformat(value)
    except ValueError as error:
        raise ManuscriptError(line.number, "expected a time such as 2026-10-31 09:30.") from error
    return time if time.tzinfo else time.replace(tzinfo=UTC)


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
    return line.text.startswith("### ") or _opens_section(line)


def _with_section(manuscript: Manuscript, page: Page) -> Manuscript:
    line = page.take("a section")
    section = SECTION.fullmatch(line.text)
    if not section:
        raise ManuscriptError(line.number, "expected a section such as “## Facts”.")
    if section["facts"] and not manuscript.facts:
        return replace(manuscript, facts_heading=(section["heading"] or "").strip(), facts=_facts(page))
    if section["faq"] and not manuscript.faq:
        return replace(manuscript, faq=_faq(page))
    if section["discussion"] and not manuscript.remarks:
        return replace(manuscript, remarks=_remarks(page), is_closed=bool(section["closed"]))
    raise ManuscriptError(line.number, "expected each section only once.")


def _facts(page: Page) -> list[StatedFact]:
    facts: list[StatedFact] = []
    page.skip_blank()
    while page.line is not None and not _opens_section(page.line):
        line = page.take("a fact")
        match = FACT.fullmatch(line.text)
        if not match:
            raise ManuscriptError(line.number, "expected a fact: “- text” or “- **Label:** value”.")
        text, label, value = (match[name] or "" for name in ("text", "label", "value"))
        about = page.take_until(lambda line: not line.text.startswith((" ", "\t")))
        facts.append(_about_fact(StatedFact(line.number, text, label, value), about))
        page.skip_blank()
    return facts


def _about_fact(fact: StatedFact, lines: list[Line]) -> StatedFact:
    for line in lines:
        match = ABOUT_FACT.fullmatch(line.text)
        if not match:
            raise ManuscriptError(line.number, "expected “Source: …” or “As of: …” below a fact.")
        if match["as_of"]:
            fact = replace(fact, as_of=_date(match["as_of"], line))
        else:
            fact = replace(fact, source=match["source"] or match["name"], source_url=match["url"] or "")
    return fact


def _faq(page: Page) -> list[Question]:
    faq = []
    page.skip_blank()
    while page.line is not None and not _opens_section(page.line):
        line = page.take("a question")
        match = QUESTION.fullmatch(line.text)
        if not match:
            raise ManuscriptError(line.number, "expected a question: “### Question”.")
        answer = _text(page.take_until(_opens_entry))
        if not answer:
            raise ManuscriptError(line.number, "expected an answer below the question.")
        faq.append(Question(line.number, match["question"], answer, match["anchor"] or ""))
    return faq


def _remarks(page: Page) -> list[Remark]:
    remarks: list[Remark] = []
    branch: list[int] = []  # the places of the remark before and of those it answers, one a depth
    page.skip_blank()
    while page.line is not None and not _opens_section(page.line):
        line = page.take("a comment")
        match = REMARK.fullmatch(line.text)
        if not match or len(match["depth"]) > len(branch):
            raise ManuscriptError(
                line.number, "expected a comment, “### Name, 2026-10-31 09:30”, or a reply, “### > Name”."
            )
        depth = len(match["depth"])
        branch = [*branch[:depth], len(remarks)]
        remarks.append(_remark(match, line, page, answers=branch[depth - 1] if depth else None))
    return remarks


def _remark(match: re.Match[str], line: Line, page: Page, *, answers: int | None) -> Remark:
    author = "" if match["author"].lower() == NOBODY else match["author"]
    written_at = _time(match["time"], line) if match["time"] else None
    body = _text(page.take_until(_opens_entry))
    if not body:
        raise ManuscriptError(line.number, "expected the words of the comment below its author.")
    return Remark(line.number, body, author, written_at, answers, match["removed"] or "")
