"""Visible text in, visible text out: every letter, mark and digit of a body is shown, in order.

Hidden by design are the address of a link with words of its own, the name of a
programming language behind three backticks, and the spelling of an entity; the
number of a list item is shown by the browser.
"""

from collections.abc import Callable
from functools import partial

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.corpora import payloads
from tests.text.bodies import USUAL
from text.blocks import LANGUAGES
from text.markdown import render_article, render_comment
from text.marks import clip_marks
from text.visible import visible_text

Render = Callable[[str], str]
BOTH = pytest.mark.parametrize("render", [render_comment, render_article])

_WORD_CHARACTER = regex.compile(r"[\p{L}\p{M}\p{N}]")
_DESTINATION = regex.compile(r"\]\(\s*(<[^<>\n]*>|[^\s()]*(\([^\s()]*\)[^\s()]*)*)")
_LANGUAGE = regex.compile(r"(?m)^.*?(`{3,}|~{3,})[ \t]*(\S+)[ \t]*$")
_ENTITY = regex.compile(r"&(#x?[0-9a-f]+|[a-z0-9]+);", regex.IGNORECASE)
_NUMBER = regex.compile(r"(?m)^[\s>+*\-\d.)]*\d[.)](?=\s|$)")
_ENCODED = regex.compile(r"<[a-z][a-z0-9+.-]+:[^<>\s]*>|mailto:\S+", regex.IGNORECASE)

WORDS = [
    "kestrel",
    "osprey",
    "été",
    "дом",
    "שלום",
    "日本",
    "ไทย",
    "नमस्ते",
    "42",
    "é",
    "🙂",
    "x\u0001y",
    "\u0085",
]
SIGNS = [
    *(
        "> ",
        ">",
        "- ",
        "  - ",
        "    - ",
        "* ",
        "+ ",
        "1. ",
        "7) ",
        "1986. ",
        "# ",
        "## ",
        "\t",
        "    ",
        "\n",
        "\n\n",
        " ",
    ),
    *(
        "*",
        "**",
        "_",
        "__",
        "~~",
        "`",
        "``",
        "```",
        "```js\n",
        "``` words here\n",
        "~~~",
        "\\",
        "[",
        "](",
        "]",
        "(",
        ")",
    ),
    *(
        "](https://example.org/",
        ' "title")',
        "https://example.org/a",
        "<https://example.org/>",
        "<",
        "&amp;",
        "&#97;",
    ),
    *(
        "| ",
        "|---|",
        "\n|---|---|\n",
        "---\n",
        "===\n",
        "<b>",
        "</p>",
        "<!-- ",
        "-->",
        "![",
        "@Ada Brook",
        "\u200b",
        "”",
    ),
]
BODIES = st.lists(st.sampled_from(WORDS + SIGNS), max_size=40).map("".join) | st.text(max_size=200)


def expected(body: str) -> str:
    """The characters to be shown: those of the body without what is hidden by design."""
    text = regex.sub(r"[\ud800-\udfff]", "?", body)
    for hidden in (_DESTINATION, _ENTITY, _NUMBER, _ENCODED):
        text = hidden.sub(" ", text)
    text = _LANGUAGE.sub(lambda match: "" if match[2].casefold() in LANGUAGES else match[0], text)
    return "".join(_WORD_CHARACTER.findall(clip_marks(text)))


def missing(render: Render, body: str) -> str:
    """Return the rest of the expected characters, from the
    first one that is not shown in its place.
    """
    shown = iter(_WORD_CHARACTER.findall(visible_text(render(body))))
    wanted = expected(body)
    return next((wanted[at:] for at, char in enumerate(wanted) if char not in shown), "")


@BOTH
@settings(max_examples=400, deadline=None)
@given(body=BODIES)
def test_every_word_of_a_generated_body_is_shown(render: Render, body: str) -> None:
    assert missing(render, body) == ""


@BOTH
@pytest.mark.parametrize(
    "name", ["xss_markdown", "xss_html", "unicode", "blns", "commonmark", "ssti"]
)
def test_every_word_of_a_collected_body_is_shown(render: Render, name: str) -> None:
    bodies = [str(body)[:5000] for body in payloads(name)]
    assert [body for body in bodies if missing(render, body)] == []


@BOTH
@pytest.mark.parametrize("body", USUAL)
def test_every_word_of_a_usual_body_is_shown(render: Render, body: str) -> None:
    assert missing(render, body) == ""


DEEP = [
    ("".join(f"{'  ' * level}- level {level}\n" for level in range(7)) + "              - kestrel"),
    *(f"{sign * 40}kestrel" for sign in ("> ", ">", "- ", "1. ", "> - ", "* > ")),
    "> > > > > > > > > > > > > > > a\n\nkestrel",
    "[" * 60 + "kestrel" + "]" * 60,
    "*a **" * 60 + "kestrel" + "** b*" * 60,
]


@BOTH
@pytest.mark.parametrize("body", DEEP)
def test_deep_nesting_drops_nothing(render: Render, body: str) -> None:
    assert "kestrel" in visible_text(render(body))
    assert render(body).count("<blockquote>") < 20


@BOTH
@pytest.mark.parametrize(
    "control",
    ["\x00", "\x01", "\x0b", "\x0c", "\x1f", "\x7f", "\x85", "\ufffe", "\uffff", "\U0001fffe"],
)
def test_a_control_character_parts_words(render: Render, control: str) -> None:
    assert render(f"Soft{control}break") == "<p>Soft break</p>"


def test_a_row_may_have_more_cells_than_its_table() -> None:
    html = render_article("| a | b |\n|---|---|\n| 1 | 2 | kestrel | osprey |")
    assert "<td>2 | kestrel | osprey</td>" in html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("```js\na\n```", "<pre><code>a\n</code></pre>"),
        ("```kestrel\na\n```", "<pre><code>kestrel\na\n</code></pre>"),
        ("``` see the kestrel\na\n```", "<pre><code>see the kestrel\na\n</code></pre>"),
    ],
)
def test_only_the_name_of_a_language_is_hidden_on_code(text: str, html: str) -> None:
    assert render_comment(text) == render_article(text) == html


SIZES = [400, 800]
REPEATED = [
    *(
        "[",
        "![",
        "[a](",
        "](x)[",
        "http://[",
        "http://-a.b/",
        "<https://",
        "> a\nb\n",
        "- a\n",
        "- a\n1. b\n",
        "*a ",
        "_a ",
    ),
    *(
        "**a**b",
        "*_~",
        "`a``b",
        "1986. a\n",
        "  - a\n    ",
        '[a](b "c" ',
        "> - ",
        "ש\n\n",
        "x" + "\u0301" * 9,
        "| a |\n|---|\n",
    ),
]


@BOTH
@pytest.mark.parametrize("piece", REPEATED)
def test_the_time_to_render_grows_with_the_length(render: Render, piece: str) -> None:
    from cProfile import Profile
    from pstats import Stats

    calls = []
    for size in SIZES:
        profile = Profile()
        profile.runcall(partial(render, piece * size))
        calls.append(Stats(profile).total_calls)
    assert calls[1] < 2.6 * calls[0]
