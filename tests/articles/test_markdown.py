import json
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest

from tests.accounts.reading import CORPORA
from text.markdown import (
    ARTICLE_TAGS,
    COMMENT_TAGS,
    count_words,
    plain_text,
    render_article,
    render_comment,
)

REL = 'rel="nofollow ugc noopener"'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>"),
        ("One\ntwo", "<p>One<br>\ntwo</p>"),
        ("*so* **very** ~~old~~", "<p><em>so</em> <strong>very</strong> <s>old</s></p>"),
        ("> quoted", "<blockquote>\n<p>quoted</p>\n</blockquote>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
        ("`a<b`", "<p><code>a&lt;b</code></p>"),
        ("```js\na\n```", "<pre><code>a\n</code></pre>"),
        ("[tide](https://example.org)", f'<p><a href="https://example.org/" {REL}>tide</a></p>'),
        (
            "https://example.org/a",
            f'<p><a href="https://example.org/a" {REL}>https://example.org/a</a></p>',
        ),
        ("read readme.md", "<p>read readme.md</p>"),
        ("# no heading", "<p># no heading</p>"),
        ("no heading\n===", "<p>no heading<br>\n===</p>"),
        ("---", "<p>---</p>"),
        ("<b>bold</b>", "<p>&lt;b&gt;bold&lt;/b&gt;</p>"),
        (
            "![cat](https://example.org/cat.png)",
            f'<p>!<a href="https://example.org/cat.png" {REL}>cat</a></p>',
        ),
        ("| a |\n|---|\n| b |", "<p>| a |<br>\n|---|<br>\n| b |</p>"),
        ("[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>"),
        (
            "[a]\n\n[a]: https://example.org",
            f'<p>[a]</p>\n<p>[a]: <a href="https://example.org/" {REL}>https://example.org</a></p>',
        ),
        (
            '[a](https://example.org "title")',
            f'<p><a href="https://example.org/" {REL}>a</a> (title)</p>',
        ),
        ("half \ud800 a character", "<p>half ? a character</p>"),
        ("", ""),
    ],
)
def test_a_comment_is_written_in_a_part_of_markdown(text: str, html: str) -> None:
    assert render_comment(text) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("# One", "<h2>One</h2>"),
        ("### Three", "<h3>Three</h3>"),
        ("###### Six", "<h4>Six</h4>"),
        ("---", "<hr>"),
        (
            "| a |\n|---|\n| b |",
            "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>",
        ),
        ("<b>bold</b>", "<p>&lt;b&gt;bold&lt;/b&gt;</p>"),
        ("[a](/topics/sea/)", '<p><a href="/topics/sea/" rel="noopener">a</a></p>'),
    ],
)
def test_an_article_has_headings_tables_and_rules_beside(text: str, html: str) -> None:
    assert render_article(text).replace("\n", "") == html


def test_deep_nesting_becomes_text() -> None:
    assert render_comment(">" * 4000 + "a").count("<blockquote>") < 20


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One <em>two</em>.</p>\n<p>Three</p>", "One two. Three"),
        ("<ul><li>a</li><li>b</li></ul>", "a b"),
        ("<p>a<br>b</p>", "a b"),
        ("<p>a &amp; &lt;b&gt;</p>", "a & <b>"),
        ("", ""),
    ],
)
def test_plain_text_keeps_the_words(html: str, text: str) -> None:
    assert plain_text(html) == text


def test_words_are_counted() -> None:
    assert count_words("One  two,\nthree.") == 3


class Reader(HTMLParser):
    """Reads HTML as a browser does: tags with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def payloads(*names: str) -> Iterator[str]:
    for name in names:
        for line in (CORPORA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            if "payload" in entry:
                yield entry["payload"]


@pytest.mark.skipif(not CORPORA.exists(), reason="the corpora are not part of the repository")
@pytest.mark.parametrize("name", ["xss_html", "xss_markdown", "blns", "unicode", "ssti"])
def test_of_what_attackers_write_only_harmless_markup_is_left(name: str) -> None:
    for payload in payloads(name):
        for render, tags in ((render_comment, COMMENT_TAGS), (render_article, ARTICLE_TAGS)):
            for tag, attributes in Reader(render(payload)).found:
                assert tag in tags, payload
                assert set(attributes) <= {"href", "rel", "start", "dir"}, payload
                assert urlsplit(attributes.get("href") or "").scheme in {
                    "",
                    "http",
                    "https",
                    "mailto",
                }, payload


@pytest.mark.parametrize("sign", ["\u202e", "\u202d", "&#8238;", "&#x202D;"])
@pytest.mark.parametrize("render", [render_comment, render_article])
def test_letters_are_read_in_the_order_in_which_they_stand(
    sign: str, render: Callable[[str], str]
) -> None:
    assert plain_text(render(f"{sign}yrawossac\u202c")) == "yrawossac\u202c"
