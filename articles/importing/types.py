from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta


class ManuscriptError(Exception):
    """What is wrong with a file, and on which line."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(f"Line {line}: {problem}")
        self.line = line


@dataclass(frozen=True)
class StatedFact:
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
class Remark:
    """A comment as a file brings it. `answers` is the place of the
    remark it replies to in the list of them all.
    """

    line: int
    body: str
    author: str = ""
    written_at: datetime | None = None
    answers: int | None = None
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
    facts: list[StatedFact] = field(default_factory=list)
    faq: list[Question] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    is_closed: bool = False

    def moved(self, by: timedelta) -> "Manuscript":
        """The same manuscript, written at another time."""

        def at(time: datetime | None) -> datetime | None:
            return time + by if time else None

        remarks = [replace(remark, written_at=at(remark.written_at)) for remark in self.remarks]
        return replace(
            self,
            published_at=at(self.published_at),
            updated_at=at(self.updated_at),
            remarks=remarks,
        )
