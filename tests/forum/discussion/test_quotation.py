"""A quoted comment reads as it did, and no line of it is lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.discussion.quotation import MOST_CHARACTERS, quotation
from text.markdown import plain_text, render_comment

FENCE = "```"


@pytest.mark.parametrize(
    ("body", "quoted"),
    [
        ("One line.", "> One line."),
        ("First.\n\nSecond.", "> First.\n>\n> Second."),
        ("> They said X.\n\nI say Y.", "> I say Y."),
        ("Before.\n\n> They said X.\n\nAfter.", "> Before.\n>\n>\n>\n> After."),
        (f"{FENCE}\n> SELECT 1\n{FENCE}", f"> {FENCE}\n> > SELECT 1\n> {FENCE}"),
        (
            f"{FENCE}\n\n> a\n{FENCE}\n\n> Quoted.\n\nMine.",
            f"> {FENCE}\n>\n> > a\n> {FENCE}\n>\n>\n>\n> Mine.",
        ),
        ("- one\n- two", "> - one\n> - two"),
        ("1. one\n2. two", "> 1. one\n> 2. two"),
        ("Run `a > b`.", "> Run `a > b`."),
        ("It is\n5 > 3, as is\n7", "> It is\n> 5 > 3, as is\n> 7"),
        ("    indented", ">     indented"),
    ],
)
def test_a_quotation_is_the_comment_s_own_lines(body: str, quoted: str) -> None:
    assert quotation(body) == f"{quoted}\n\n"


PIECES = st.sampled_from(
    [
        "The moon moves on.",
        "2*3*4 and __init__",
        "`__main__`",
        "**So** it is *late*.",
        f"{FENCE}\n> SELECT 1\n\nif x:\n    y()\n{FENCE}",
        "- one\n- two\n  - three",
        "3. three\n4. four",
        "https://example.org/a?b=1&c=2",
        "[a page](https://example.org/)",
        "a > b, and\n5 > 3",
        "&lt;b&gt; and <i>",
        "~~not~~",
        "¯\\_(ツ)_/¯",
        "مرحبا\nسطر",
    ]
)


@settings(deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=5).map("\n\n".join))
def test_what_is_quoted_reads_as_it_did(body: str) -> None:
    html = render_comment(f"{quotation(body)}Mine.")
    assert html.startswith("<blockquote")
    inside, _end, after = html.partition("</blockquote>")
    assert plain_text(inside) == plain_text(render_comment(body))
    assert plain_text(after) == "Mine."


@settings(deadline=None)
@given(st.text(max_size=MOST_CHARACTERS))
def test_each_word_of_a_quotation_is_a_word_of_the_comment(body: str) -> None:
    assert set(quotation(body).replace("> ", " ").split()) <= set(body.split()) | {">"}


def test_a_long_comment_is_quoted_in_part() -> None:
    quoted = quotation("word " * 1_000)
    assert quoted.endswith("word …\n\n")
    assert len(quoted) < MOST_CHARACTERS + 20
