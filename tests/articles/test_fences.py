"""Code in imported Markdown, and the time that reading it takes."""

from contextlib import suppress

import pytest

from articles.importing import ManuscriptError, read
from tests.articles.manuscripts import MARKDOWN

CODE = """## Facts

### > Nobody, 2026-01-01

## Discussion"""


@pytest.mark.parametrize("fence", ["```", "~~~", "`````", "   ~~~~ python"])
@pytest.mark.parametrize(
    "place", ["Bubbles.", "An hour.", "An answer."], ids=["article", "answer", "comment"]
)
def test_structure_inside_of_code_is_code(fence: str, place: str) -> None:
    code = f"{fence}\n{CODE}\n{fence.replace(' python', '')}"
    before, manuscript = read(MARKDOWN.encode()), read(MARKDOWN.replace(place, code).encode())
    assert len(manuscript.facts) == len(before.facts)
    assert len(manuscript.faq) == len(before.faq)
    assert len(manuscript.comments) == len(before.comments)
    texts = [
        manuscript.body,
        *(asked.answer for asked in manuscript.faq),
        *(each.body for each in manuscript.comments),
    ]
    assert sum(CODE in text for text in texts) == 1


def test_a_fence_that_is_never_closed_hides_no_structure() -> None:
    manuscript = read(MARKDOWN.replace("Bubbles.", "```\nBubbles.").encode())
    assert len(manuscript.comments) == 4


@pytest.mark.parametrize(
    "line",
    [
        "## Facts:{}x",
        "### How{}{{#",
        "- **a{}** {}\x0b",
        "  Source: [{}](a b)",
        "### a{}(removed: ",
        "### a,{}",
        "```{}a",
        "title {}: a",
    ],
)
@pytest.mark.parametrize("filling", [" ", ":", "(", "`", ">", "]("])
def test_the_time_to_read_a_line_grows_with_its_length_alone(line: str, filling: str) -> None:
    """A reading that takes the square of the length does not come to its end here."""
    long = line.format(*[filling * 300_000] * 2)
    for section in ("Facts", "Frequently asked questions", "Discussion"):
        for text in (f"T\n## {section}\n{long}\n", f"T\n{long}\n## {section}\n"):
            with suppress(ManuscriptError):
                read(f"---\ntitle: A\n---\n{text}".encode())


def test_the_time_to_read_many_fences_grows_with_their_number_alone() -> None:
    read(("---\ntitle: A\n---\n" + "```a\n~~~~b\n" * 30_000).encode())
