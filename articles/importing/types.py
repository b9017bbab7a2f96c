from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta


class ManuscriptError(Exception):
    """A problem of a file, with its line."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(f"Line {line}: {problem}")
        self.line = line


@dataclass(frozen=True)
class ImportedFact:
    line: int
    text: str = ""
    label: str = ""
    value: str = ""
    source: str = ""
    source_url: str = ""
    as_of: date | None = None


@dataclass(frozen=True)
class Question:
    line: int
    question: str
    answer: str
    anchor: str = ""


@dataclass(frozen=True)
class ImportedComment:
    """A comment of an imported file; `parent` is the index of the comment it replies to."""

    line: int
    body: str
    author: str = ""
    written_at: datetime | None = None
    parent: int | None = None
    removed_for: str = ""


@dataclass(frozen=True)
class Manuscript:
    line: int
    title: str
    body: str
    slug: str = ""
    topic: str = ""
    topic_introduction: str = ""
    author: str = ""
    short_answer: str = ""
    published_at: datetime | None = None
    updated_at: datetime | None = None
    facts_heading: str = ""
    facts: list[ImportedFact] = field(default_factory=list)
    faq: list[Question] = field(default_factory=list)
    comments: list[ImportedComment] = field(default_factory=list)
    is_closed: bool = False

    def moved(self, by: timedelta) -> "Manuscript":
        """Return the manuscript with its times moved."""

        def at(time: datetime | None) -> datetime | None:
            return time + by if time else None

        comments = [
            replace(comment, written_at=at(comment.written_at)) for comment in self.comments
        ]
        return replace(
            self,
            published_at=at(self.published_at),
            updated_at=at(self.updated_at),
            comments=comments,
        )
