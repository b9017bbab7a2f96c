import pytest

from text.html_blocks import blocks, marked
from text.markdown import render_article


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One.", '<p id="a">One.<!--a--></p>'),
        ("- one\n- two", '<ul id="a"><li>one</li><li>two<!--a--></li></ul>'),
        ("3. one\n   - two", '<ol id="a" start="3"><li>one<ul><li>two<!--a--></li></ul></li></ol>'),
        ("> one\n>\n> two", '<blockquote id="a"><p>one</p><p>two<!--a--></p></blockquote>'),
        ("    code", '<pre id="a"><code>code</code><!--a--></pre>'),
        ("| a |\n|---|", '<table id="a"><thead><tr><th>a<!--a--></th></tr></thead></table>'),
    ],
)
def test_a_block_carries_its_id_and_at_its_end_a_mark(text: str, html: str) -> None:
    assert marked(render_article(text), ["a"]).replace("\n", "") == html


def test_headings_and_rules_stand_between_blocks() -> None:
    html = render_article("One.\n\n## Two\n\n> three\n\n---\n\nFour.")
    assert blocks(html) == [
        "<p>One.</p>",
        "<blockquote>\n<p>three</p>\n</blockquote>",
        "<p>Four.</p>",
    ]
    assert marked(html, ["", "", ""]) == html


def test_markup_that_somebody_writes_is_no_block() -> None:
    assert len(blocks(render_article("<p id='p-1'>One</p> <!--p-1-->\n`</p><p>`"))) == 1
    assert '<p id="p-1"' not in marked(render_article("<p id='p-1'>One</p>"), [""])
