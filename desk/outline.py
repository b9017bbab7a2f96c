"""The headings of a Markdown text, for the outline beside its field."""

import re
from typing import NamedTuple

from articles.importing.fences import lines_in_fences

HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*\s*$")


class Heading(NamedTuple):
    line: int
    level: int
    title: str


def outline_of(text: str) -> list[Heading]:
    lines = text.replace("\r\n", "\n").split("\n")
    code = lines_in_fences(lines)
    found = ((number, HEADING.match(line)) for number, line in enumerate(lines))
    return [
        Heading(number, len(match[1]), match[2])
        for number, match in found
        if match and match[2] and number not in code
    ]
