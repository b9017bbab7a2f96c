"""The words that a search compares."""

import pytest

from tests.corpora import payloads
from text.search_words import LONGEST_WORD, MOST_TERMS, parse_query, search_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Über den Straßen: naïve CAFÉ", "uber den strassen naive cafe"),
        ("ｎｅａｐ ＴＩＤＥ ﬁsh", "neap tide fish"),
        ("о́кно, pаypal", search_words("окно PAYPAL")),
        ("12,5 MP3 covid-19", "12 5 mp3 covid 19"),
        ("北京大学在哪里？", "北京 京大 大学 学在 在哪 哪里 里"),
        ("iPhone手机", "iphone 手机 机"),
        ("カﾞラス", "ガラ ラス ス"),
        ("한국어 말", "한국 국어 어 말"),
        ("日", "日"),
        ("s\u00adoft\u200b hyphen", "soft hyphen"),
    ],
)
def test_words_are_folded_and_scripts_without_spaces_paired(text: str, words: str) -> None:
    assert search_words(text) == words


def test_words_of_any_text_are_bounded() -> None:
    words = search_words("moon " * 100_000, "x" * 100_000).split()
    assert words.count("moon") == 200
    assert words[-1] == "x" * LONGEST_WORD


def test_a_query_has_phrases_exclusions_and_beginnings() -> None:
    terms = parse_query('neap "High tide" -moon “full sea” harb* don\'t -"low water"').terms
    said = [(" ".join(term.words), term.is_prefix, term.is_excluded) for term in terms]
    assert said == [
        ("neap", False, False),
        ("high tide", False, False),
        ("moon", False, True),
        ("full sea", False, False),
        ("harb", True, False),
        ("don t", False, False),
        ("low water", False, True),
    ]


def test_a_single_character_finds_the_pairs_that_it_begins() -> None:
    (term,) = parse_query("京").terms
    assert (term.words, term.is_prefix) == (("京",), True)


def test_a_query_is_bounded_and_takes_any_text() -> None:
    assert len(parse_query(" ".join(map(str, range(200)))).terms) == MOST_TERMS
    assert parse_query('- "" -"" * ""-"').is_empty
    assert parse_query("-moon").is_empty
    for name in ("blns", "unicode", "search_query", "sqli", "pathological"):
        for text in payloads(name):
            for term in parse_query(str(text)).terms:
                assert not {"'", '"', "\\", "\0", " "} & set("".join(term.words)), text
