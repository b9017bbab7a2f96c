"""Comments are written by people who know no Markdown: what they type is what readers see."""

import pytest

from text.markdown import render_comment

AS_TYPED = [
    *(
        "2*3*4",
        "5*x + 3*y",
        "2**10**3",
        "__init__",
        "snake_case_name",
        "*args, **kwargs",
        "f(*args) + g(*more)",
    ),
    *(
        "¯\\_(ツ)_/¯",
        "C:\\new\\*.txt",
        "dir \\*.md \\*.py",
        "\\\\server\\share\\",
        "*_*",
        ">_<",
        "^_^",
        ">50 people",
    ),
    *(
        "- name",
        "+ 1",
        "* one",
        "1986. What a year",
        "1) only",
        "- Ada Brook, Editor",
        "20260101. x",
    ),
    *(
        "# no heading",
        "---",
        "***",
        "~~~",
        "~so~",
        "/*comment*/",
        "don`t, can`t",
        "[a]",
        "[a]()",
        "[a](b)",
        "a ** b ** c",
    ),
    *("* * *", "- - -", "* * * *", "- + *", "1. 2. 3.", "- - a"),
    *("5* hotel, 4* food", "**bold**ly", "$ *.txt *.md", "int *p, **q;", "50 % *", "a\\*b\\*c"),
]


@pytest.mark.parametrize("text", AS_TYPED)
def test_signs_of_plain_typing_stay(text: str) -> None:
    shown = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert render_comment(text) == f"<p>{shown}</p>"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            "Ada Brook\n12 Harbour Lane\nWest Town",
            "<p>Ada Brook<br>12 Harbour Lane<br>West Town</p>",
        ),
        (
            "Ada Brook\n- 12 Harbour Lane\nWest Town",
            "<p>Ada Brook<br>- 12 Harbour Lane<br>West Town</p>",
        ),
        ("•\tone\n•\ttwo", "<p>•\tone<br>•\ttwo</p>"),
        ("1986. rain\n2001. snow", "<p>1986. rain<br>2001. snow</p>"),
        ("1. a\n1. b", "<p>1. a<br>1. b</p>"),
        ("01. a\n02. b", "<p>01. a<br>02. b</p>"),
        ("- a\n+ b", "<p>- a<br>+ b</p>"),
        ("one\u2028two\x85three", "<p>one<br>two three</p>"),
        ("C:\\new\\\nD:\\old\\", "<p>C:\\new\\<br>D:\\old\\</p>"),
    ],
)
def test_enter_is_a_new_line(text: str, html: str) -> None:
    assert render_comment(text).replace("\n", "") == html


@pytest.mark.parametrize("indentation", ["    ", "\t", "            ", "\u00a0   "])
def test_indentation_is_no_code(indentation: str) -> None:
    assert render_comment(f"{indentation}The tide turned.").count("<p>") == 1
    assert "<code>" not in render_comment(f"One.\n\n{indentation}The tide turned.")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("> They said X.\nI say Y.", "<blockquote><p>They said X.</p></blockquote><p>I say Y.</p>"),
        (
            "> a\n> b\nc\n> d",
            "<blockquote><p>a<br>b</p></blockquote><p>c</p><blockquote><p>d</p></blockquote>",
        ),
        ("> > a\n> b", "<blockquote><blockquote><p>a</p></blockquote><p>b</p></blockquote>"),
        ("> - a\n> - b\nc", "<blockquote><ul><li>a</li><li>b</li></ul></blockquote><p>c</p>"),
        ("- a\n- b\nc", "<ul><li>a</li><li>b</li></ul><p>c</p>"),
        ("- a\n  more\n- b", "<ul><li>a<br>more</li><li>b</li></ul>"),
        ("- a\n  - b", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("- a\n- b\n  1. c\n  1. d", "<ul><li>a</li><li>b<br>1. c<br>1. d</li></ul>"),
        ("> - lone", "<blockquote><p>- lone</p></blockquote>"),
        ("3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'),
        ("We need:\n- salt\n- flour", "<p>We need:</p><ul><li>salt</li><li>flour</li></ul>"),
    ],
)
def test_a_quotation_and_a_list_end_where_their_signs_do(text: str, html: str) -> None:
    assert render_comment(text).replace("\n", "") == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**重要**。本文", "<strong>重要</strong>。本文"),
        ("これは**「重要」**です", "これは<strong>「重要」</strong>です"),
        ("**注意：**本文", "<strong>注意：</strong>本文"),
        ("请看**“这里”**。", "请看<strong>“这里”</strong>。"),
        ("중요**한**것", "중요<strong>한</strong>것"),
        ("ภาษา**ไทย**ครับ", "ภาษา<strong>ไทย</strong>ครับ"),
        ('(*so*) "**so**" — ~~so~~…', '(<em>so</em>) "<strong>so</strong>" — <s>so</s>…'),
        ("**_both_** ***both***", "<strong><em>both</em></strong> <em><strong>both</strong></em>"),
        ("🙂**so**🙂", "🙂<strong>so</strong>🙂"),
    ],
)
def test_emphasis_works_in_every_script(text: str, html: str) -> None:
    assert render_comment(text) == f"<p>{html}</p>"
