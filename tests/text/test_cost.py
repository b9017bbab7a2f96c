"""Rendering costs in proportion to the length of a text, whatever is typed."""

import time
from collections.abc import Callable

import pytest

from forum.discussion.models.comment import COMMENT_MAX_LENGTH
from text.markdown import render_article, render_comment

# The worst of all pairs of signs, and of what was known to be slow. On
# an idle core the slowest takes 0.03 seconds.
SIGNS = [
    *(
        "[",
        "](",
        "*[",
        "a*",
        "*a* ",
        "_\n- ",
        "> :\n- ",
        "&#1;\n- \n> ",
        "[*a*](/a)\n\n",
        "*[a](/a)* ",
        "https://a.b/ &amp;_",
    ),
    *(
        "http://`_",
        "a~~a~~ ",
        "```\n",
        "- 1. \n|-|\n",
        "> ",
        "@a",
        "[a](<",
        '[a](/a "',
        "1. a\n",
        "\ufdfa[*a*](/a)",
        "`*",
    ),
]
# What no request may take, whatever is typed. Texts that were slow took many times as long.
COMMENT_SECONDS = 0.5
LONG = 100_000
# Brackets without an end, before much that has to be looked through for it.
UNCLOSED = ("![" * 20 + "<!--- _a_ " * 20 + "|[a](/a)\n\n\\") * 20


def takes_less_than(limit: float, render: Callable[[str], str], text: str) -> bool:
    """Another program takes some of the time of a busy machine, so a slow one gets three tries."""
    return any(seconds(render, text) < limit for _ in range(3))


def seconds(render: Callable[[str], str], text: str) -> float:
    began = time.process_time()
    render(text)
    return time.process_time() - began


@pytest.mark.parametrize("signs", [*SIGNS, UNCLOSED])
def test_no_comment_takes_long(signs: str) -> None:
    text = (signs * COMMENT_MAX_LENGTH)[:COMMENT_MAX_LENGTH]
    assert takes_less_than(COMMENT_SECONDS, render_comment, text)


@pytest.mark.parametrize(
    "signs", ["[", "](", "[a", "![", "*[", "`", "``` ", "<", "&", "|", "> ", "a*"]
)
def test_a_long_text_costs_in_proportion(signs: str) -> None:
    """A sign that is looked for again and again made this take many seconds."""
    text = (signs * LONG)[:LONG]
    assert takes_less_than(6 * COMMENT_SECONDS, render_article, text)
