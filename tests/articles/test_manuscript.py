from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing import ManuscriptError, read
from articles.importing.plain_text import in_markdown
from tests.articles.manuscripts import MARKDOWN
from text.markdown import plain_text, render_article

PAGE = """Why bread rises

Flour and water.

More about bread:

  • It is old.
  • It is warm.

Frequently Asked Questions

How long?

An hour.

Or two.

How warm?

Warm.

Discussion Comments


First.

Still first.


Second.

Post your comments
Forgot password?"""


def test_markdown_brings_an_article() -> None:
    manuscript = read(MARKDOWN.encode())
    assert (manuscript.title, manuscript.line) == ("Why: bread", 2)
    assert (manuscript.topic, manuscript.author) == ("Kitchen", "Lucia Ferrante")
    assert manuscript.published_at == datetime(2026, 10, 29, 7, 15, tzinfo=UTC)
    assert manuscript.short_answer == "Yeast makes gas, and gluten holds it."
    assert manuscript.body == "Flour and water.\n\n## The gas\n\nBubbles."


def test_markdown_brings_facts_with_their_sources() -> None:
    manuscript = read(MARKDOWN.encode())
    labelled, text = manuscript.facts
    assert manuscript.facts_heading == "A loaf"
    assert (labelled.label, labelled.value) == ("Warm", "24 to 28 °C")
    assert (labelled.source, labelled.source_url) == ("McGee", "https://example.org/")
    assert labelled.as_of == date(2004, 11, 23)
    assert (text.text, text.source, text.line) == (
        "Rye is denser: it has little gluten.",
        "A baker",
        21,
    )


def test_markdown_brings_questions_with_their_anchors() -> None:
    faq = read(MARKDOWN.encode()).faq
    assert [(asked.question, asked.anchor) for asked in faq] == [
        ("How long?", "time"),
        ("How warm?", ""),
    ]
    assert faq[0].answer == "An hour.\n\nOr two."


def test_markdown_brings_a_threaded_discussion() -> None:
    manuscript = read(MARKDOWN.encode())
    assert [comment.author for comment in manuscript.comments] == [
        "Eilidh Murray",
        "",
        "Samir Haddad",
        "Anneke Vos",
    ]
    assert [comment.parent for comment in manuscript.comments] == [None, 0, 1, None]
    assert [comment.removed_for for comment in manuscript.comments] == ["", "", "", "spam"]
    assert manuscript.is_closed


def test_a_page_brings_an_article() -> None:
    manuscript = read(PAGE.encode())
    assert (manuscript.title, manuscript.body) == ("Why bread rises", "Flour and water.")
    assert manuscript.facts_heading == "More about bread"
    assert [fact.text for fact in manuscript.facts] == ["It is old.", "It is warm."]
    assert [(asked.question, asked.answer) for asked in manuscript.faq] == [
        ("How long?", "An hour.\n\nOr two."),
        ("How warm?", "Warm."),
    ]
    assert [comment.body for comment in manuscript.comments] == [
        "First.\n\nStill first.",
        "Second.",
    ]


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_the_ends_of_lines_make_no_difference(ending: str) -> None:
    assert read(PAGE.replace("\n", ending).encode()) == read(PAGE.encode())
    assert read(MARKDOWN.replace("\n", ending).encode("utf-8-sig")) == read(MARKDOWN.encode())


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "Line 1: expected the title of an article, found the end of the file."),
        (b"Title\nText", "Line 2: expected a blank line below the title."),
        (
            b"Title\n\nText",
            "Line 3: expected “Frequently Asked Questions”, found the end of the file.",
        ),
        (
            b"Title\n\nFrequently Asked Questions\n",
            "Line 3: expected a paragraph of text above the questions.",
        ),
        (b"T\n\nText\n\nA:\n\n\xe2\x80\xa2 a\nb", "Line 8: expected a fact: “• text”."),
        (
            b"T\n\nText\n\nFrequently Asked Questions\n\nNo.",
            "Line 7: expected a question that ends in “?”.",
        ),
        (
            b"T\n\nText\n\nFrequently Asked Questions\n\nA?\n\nB?",
            "Line 9: expected an answer to the question above.",
        ),
        (
            b"T\n\nText\n\nFrequently Asked Questions",
            "Line 5: expected a question that ends in “?”, found the end of the file.",
        ),
        (PAGE.encode() + b"\n\nMore", "Line 35: expected the end of the page."),
        (b"\xff\xfe", "Line 1: expected text in UTF-8."),
        (b"a\nb\n\xc3(", "Line 3: expected text in UTF-8."),
        (b"Title\n\n\x00", "Line 3: expected text, found a control character."),
        (
            b"---\ntitle: A\n",
            "Line 2: expected “---” after the front matter, found the end of the file.",
        ),
        (b"---\nslug: a\n---\nText", "Line 1: expected “title: …” in the front matter."),
        (b"---\ntitle: A\ntitle: B\n---\n", "Line 3: expected “title” only once."),
        (
            b"---\ntitle: A\npublished: soon\n---\n",
            "Line 3: expected a time such as 2026-10-31 09:30.",
        ),
        (
            b"---\ntitle: A\npublished: 0001-01-01T00:00+23\n---\n",
            "Line 3: expected a time such as 2026-10-31 09:30.",
        ),
        (b"---\ntitle: A\nupdated: 9999-12-31\n---\n", "Line 3: expected a time that has passed."),
        (
            b"---\ntitle: A\n---\nT\n## Discussion\n### A, 9999-12-31\nx",
            "Line 6: expected a time that has passed.",
        ),
        (b"---\ntitle: A\n---\n", "Line 3: expected the text of the article."),
        (
            b"---\ntitle: A\n---\nT\n## Facts\nx",
            "Line 6: expected a fact: “- text” or “- **Label:** value”.",
        ),
        (
            b"---\ntitle: A\n---\nT\n## Facts\n- x\n  y",
            "Line 7: expected “Source: …” or “As of: …” below a fact.",
        ),
        (
            b"---\ntitle: A\n---\nT\n## Facts\n- x\n  As of: 1/2",
            "Line 7: expected a date such as 2026-10-31.",
        ),
        (
            b"---\ntitle: A\n---\nT\n## Facts\n- x\n## Facts\n- y",
            "Line 7: expected each section only once.",
        ),
        (
            b"---\ntitle: A\n---\nT\n## Frequently asked questions\nx",
            "Line 6: expected a question: “### Question”.",
        ),
        (
            b"---\ntitle: A\n---\nT\n## Frequently asked questions\n### A?\n### B?",
            "Line 6: expected an answer below the question.",
        ),
        (
            b"---\ntitle: A\n---\nT\n## Discussion\n### A\n",
            "Line 6: expected the words of the comment below its author.",
        ),
        (
            b"---\ntitle: A\n---\nT\n## Discussion\n### >> A\nx",
            "Line 6: expected a comment, “### Name, 2026-10-31 09:30”, or a reply, “### > Name”.",
        ),
    ],
)
def test_what_is_no_article_is_named_by_its_line(content: bytes, problem: str) -> None:
    with pytest.raises(ManuscriptError) as error:
        read(content)
    assert str(error.value) == problem


@given(
    st.binary()
    | st.text().map(str.encode)
    | st.text().map(lambda text: f"---\n{text}\n---\n{text}".encode())
)
def test_no_file_ends_in_anything_but_a_manuscript_or_a_line(content: bytes) -> None:
    line = None
    try:
        read(content)
    except ManuscriptError as error:
        line = error.line
    assert line is None or line >= 1


@pytest.mark.parametrize(
    "text",
    [
        "*a* _b_ `c` ~~d~~",
        "# one",
        "1. one",
        "2) two",
        "- one",
        "+ one",
        "> one",
        "[a](b)",
        "<b>",
        "&amp;",
        "a\n===",
        "a\\b",
        "---",
    ],
)
def test_plain_text_is_shown_as_it_is(text: str) -> None:
    assert plain_text(render_article(in_markdown(text))) == " ".join(text.split())


def test_a_manuscript_can_be_moved_in_time() -> None:
    manuscript = read(MARKDOWN.encode())
    moved = manuscript.moved(timedelta(days=1))
    assert moved.published_at == datetime(2026, 10, 30, 7, 15, tzinfo=UTC)
    assert moved.comments[0].written_at == datetime(2026, 10, 31, 6, 50, tzinfo=UTC)
    assert moved.comments[2].written_at is None
