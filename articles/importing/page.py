import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from articles.importing.fences import lines_in_fences
from articles.importing.types import ManuscriptError

# Some bytes are text in any encoding and yet nothing that is written in an article.
CONTROL_CHARACTER = re.compile("[\x00-\x08\x0e-\x1f\x7f]")


@dataclass(frozen=True)
class Line:
    number: int
    text: str

    @property
    def is_blank(self) -> bool:
        return not self.text.strip()


class Page:
    """The lines of a file, read from top to bottom."""

    def __init__(self, lines: list[Line]) -> None:
        self._lines = lines
        self._place = 0
        self._code = lines_in_fences([line.text for line in lines])

    @classmethod
    def decode(cls, content: bytes) -> "Page":
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            number = content.count(b"\n", 0, error.start) + 1
            raise ManuscriptError(number, "expected text in UTF-8.") from error
        # Not splitlines(): it also breaks at characters that may stand within a line.
        texts = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
        for number, line in enumerate(texts, start=1):
            if CONTROL_CHARACTER.search(line):
                raise ManuscriptError(number, "expected text, found a control character.")
        return cls([Line(number, line.rstrip()) for number, line in enumerate(texts, start=1)])

    def __iter__(self) -> Iterator[Line]:
        return iter(self._lines[self._place :])

    @property
    def line(self) -> Line | None:
        return self._lines[self._place] if self._place < len(self._lines) else None

    @property
    def number(self) -> int:
        """The line that is to be read; behind the end, the last one."""
        return min(self._place + 1, len(self._lines))

    def skip_blank(self) -> int:
        """Goes to the next line with words; how many were blank before it."""
        before = self._place
        while self.line is not None and self.line.is_blank:
            self._place += 1
        return self._place - before

    def take(self, expected: str) -> Line:
        line = self.line
        if line is None:
            raise ManuscriptError(self.number, f"expected {expected}, found the end of the file.")
        self._place += 1
        return line

    def take_until(self, ends: Callable[[Line], bool]) -> list[Line]:
        """Take the lines before the first that ends them. A line of code ends nothing."""
        start = self._place
        while self.line is not None and (self._place in self._code or not ends(self.line)):
            self._place += 1
        return self._lines[start : self._place]

    def paragraph(self) -> list[Line]:
        self.skip_blank()
        return self.take_until(lambda line: line.is_blank)
