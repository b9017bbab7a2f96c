"""The visible text of rendered HTML."""

import re
import time
from collections.abc import Callable

import pytest

from text.markdown import render_article, render_comment, with_whole_addresses
from text.marks import clip_marks, has_excess_marks
from text.visible import clip, is_blank, links_in, surely_shows, visible_text, with_addresses

BLANK = [
    *(
        "\u200b",
        "\u2060\ufeff",
        "\u3164",
        "\uffa0",
        "\u115f",
        "\u2800",
        "\u00a0",
        "\u3000",
        "\u00ad",
        "\u0301\u0302",
    ),
    *(
        "\u034f",
        "\ufe0f",
        "\U000e0061",
        "\u202e",
        "\u180e",
        "\u2028",
        "\x01",
        "\ue000",
        "\U0001d159",
        "\U00013441",
    ),
]
BLANK_MARKUP = [
    *(
        "&nbsp;",
        "&#8203;",
        "&ZeroWidthSpace;",
        "[](https://example.org/)",
        "[\u200b](https://example.org/)",
        ">",
        "> >",
    ),
    *(
        "```\n```",
        "```js\n```",
        "```\n\n\n```",
        "> \n> &nbsp;",
        "[](\nhttps://example.org)",
        "-\n-",
        "`\u200b`",
    ),
    *("1.\n2.", "1) \n2) &nbsp;", "> 7.\n> 8."),
]
SHOWN = [
    ".",
    "?",
    "🙂",
    "1",
    "é",
    "ก",
    "👍🏽",
    "❤️",
    "-",
    "中",
    "&amp;",
    "`\u200b.`",
    "https://example.org/",
    "\u200bso",
]


@pytest.mark.parametrize("text", [*BLANK, "".join(BLANK)])
def test_some_characters_show_nothing(text: str) -> None:
    assert is_blank(text)
    assert not surely_shows(text)


@pytest.mark.parametrize("body", [*BLANK, *BLANK_MARKUP])
@pytest.mark.parametrize("render", [render_comment, render_article])
def test_some_markup_shows_nothing(body: str, render: Callable[[str], str]) -> None:
    assert is_blank(visible_text(render(body)))
    assert not surely_shows(body)


@pytest.mark.parametrize("body", [*SHOWN, "1. one\n2. two", "1.", "2026. What a year"])
def test_whatever_shows_is_not_blank(body: str) -> None:
    assert not is_blank(visible_text(render_comment(body)))


@pytest.mark.parametrize("body", ["Yes", "  1", "> a\nb", "-\nso"])
def test_most_texts_need_no_rendering_to_know_that_they_show(body: str) -> None:
    assert surely_shows(body)


@pytest.mark.parametrize(
    ("text", "length", "cut"),
    [
        ("The tide", 20, "The tide"),
        ("The tide is late", 9, "The tide…"),
        ("ab👩‍👩‍👧‍👦cd", 8, "ab…"),
        ("ab🇫🇷🇩🇪", 5, "ab🇫🇷…"),
        ("abé" + "e\u0301" * 9, 6, "abée\u0301…"),
        ("नमस्ते दुनिया", 5, "नम…"),
        ("👩‍👩‍👧‍👦" * 3, 4, "…"),
    ],
)
def test_a_text_is_cut_between_what_readers_see_as_characters(
    text: str, length: int, cut: str
) -> None:
    assert clip(text, length) == cut


def test_addresses_that_are_not_shown_are_judged_as_well() -> None:
    html = render_comment("[words](https://shop.example/) and https://other.example/")
    assert links_in(html) == ["https://shop.example/", "https://other.example/"]
    assert (
        with_addresses(visible_text(html), html)
        == "words and https://other.example/ https://shop.example/"
    )


@pytest.mark.parametrize(
    "text",
    [
        "Tiếng Việt " + "e\u0302\u0323",
        "שָׁלוֹם בְּרֵאשִׁ֖ית",
        "हिन्दी क्ष्म्य",
        "ภาษาไทย ที่นี่",
        "བསྒྲུབས་ཧཱུྃ",
        "1️⃣ 👩🏽‍🚀",
        "العَرَبِيَّةُ",
    ],
)
def test_marks_of_living_languages_stay(text: str) -> None:
    assert clip_marks(text) == text
    assert not has_excess_marks(text)


@pytest.mark.parametrize(
    "mark", ["\u0301", "\u0489", "\u20dd", "\u0e47", "\u0301\u200d", "\u034f\u0300"]
)
def test_towers_of_marks_are_clipped(mark: str) -> None:
    assert has_excess_marks("x" + mark * 40)
    assert len(clip_marks("x" + mark * 40)) <= 14
    assert len(visible_text(render_comment("x" + mark * 40 + " y"))) <= 16


def test_html_stands_elsewhere_with_whole_addresses() -> None:
    html = render_comment('`<a href="/x">` [c](//other.example/) [t](/topics/) "href="/y"')
    whole = with_whole_addresses(html, "https://our.example")
    assert whole == html.replace('<a href="/topics/"', '<a href="https://our.example/topics/"')
    assert visible_text(whole) == visible_text(html)


def test_each_block_has_its_own_direction() -> None:
    html = render_comment("One.\n\nשלום\n\n- א\n- ב\n\n> ת\n\n- a\n- b")
    assert html.replace("\n", "") == (
        '<p dir="auto">One.</p><p dir="auto">שלום</p>'
        '<ul dir="rtl"><li dir="rtl">א</li><li dir="rtl">ב</li></ul>'
        '<blockquote dir="rtl"><p dir="auto">ת</p></blockquote>'
        '<ul dir="ltr"><li dir="ltr">a</li><li dir="ltr">b</li></ul>'
    )


def test_headings_and_cells_of_an_article_have_their_own_direction() -> None:
    html = render_article("## עברית\n\n| a | ב |\n|---|---|\n| c | ד |")
    assert html.count('dir="auto"') == 5


def test_a_text_of_one_direction_is_left_to_the_page() -> None:
    assert "dir=" not in render_comment("One.\n\n- a\n- b")


@pytest.mark.parametrize("render", [render_comment, render_article])
@pytest.mark.parametrize(
    "tower",
    [
        *(
            "&#769;" * 40,
            "\u0301[](https://example.org/)" * 40,
            "\u0301`\u0301`" * 20,
            "**\u0301**&#769;" * 20,
        ),
        *("\u0301\u2065" * 40, "\u0301&shy;" * 40, "\u0301\U000e0080" * 40),
    ],
)
def test_nothing_between_the_marks_builds_a_tower(tower: str, render: Callable[[str], str]) -> None:
    assert max(map(len, re.findall("[\u0301]+", visible_text(render(f"x{tower}y"))))) <= 6


@pytest.mark.parametrize(
    "text", ["x" + "\u0301[y](https://example.org/)" * 9, "**é** *é* é\u0301 &eacute;" * 9]
)
def test_marks_on_letters_of_their_own_stay(text: str) -> None:
    assert visible_text(render_comment(text)).count("\u0301") == text.count("\u0301")


@pytest.mark.parametrize(
    "filling", ["\u0301", "\u0301\u00ad", "\u0301<b>", "&#769;&shy;", "\u0301[](/x)"]
)
def test_the_time_to_clip_marks_grows_with_the_text_alone(filling: str) -> None:
    began = time.process_time()
    render_comment((filling * 5_000)[:5_000])
    assert time.process_time() - began < 0.5
