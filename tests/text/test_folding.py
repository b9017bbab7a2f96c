from time import thread_time

import pytest

from forum.screening.phrases import Said, phrases_in
from text.folding import words_of


def says(text: str, lines: str) -> bool:
    return Said([words_of(text)]).says_one_of(phrases_in(lines))


@pytest.mark.parametrize(
    "text",
    [
        "Win at the casino!",
        "CASINO",
        "ca\u200bsi\u00adno",
        "c\u0430s\u0456n\u043e",  # with letters of the Cyrillic alphabet
        "ｃａｓｉｎｏ",
        "𝓬𝓪𝓼𝓲𝓷𝓸",
        "càsïnő",
        "c4s1n0",
        "c a s i n o",
        "C.A.S.I.N.O",
        "(casino)",
        *("ca\u034fsi\u180eno", "ca\u3164sino", "ca\U000e0061sino", "ca\ufe0fsino", "ca\u2063sino"),
        *("casi\u20d2no", "c\u0489asino", "ca\u1dc4sino", "casi\ufe26no"),
    ],
)
def test_a_word_is_found_in_whatever_dress(text: str) -> None:
    assert says(text, "casino")


@pytest.mark.parametrize(
    "text", ["casinos", "Occasino", "cas ino", "", "…", "mail", "mall and fall"]
)
def test_only_whole_words_are_found(text: str) -> None:
    assert not says(text, "casino\nfail")


def test_a_phrase_is_found_in_its_order_across_lines_and_marks() -> None:
    assert says("Please, BUY\nnow!", "buy now")
    assert not says("Now buy.", "buy now")


def test_a_word_is_found_in_a_script_without_spaces() -> None:
    assert says("欢迎来到赌场玩", "赌场")
    assert not says("赌一场", "赌场")


def test_words_of_other_alphabets_are_words() -> None:
    assert says("Дешёвые кредиты!", "дешевые кредиты")
    assert says("हिन्दी में", "हिन्दी")


@pytest.mark.parametrize(
    "text", ["A cassowary!", "cassowaries", "CASSOWAR", "c.a.s.s.o.w.a.r.y", "cassów\u00adaries"]
)
def test_a_star_stands_for_the_rest_of_a_word(text: str) -> None:
    assert says(text, "cassowar*")


@pytest.mark.parametrize("text", ["a casso", "a wary man", "big cassette"])
def test_a_word_with_a_star_has_to_begin_so(text: str) -> None:
    assert not says(text, "cassowar*\nbig cass")


def test_words_of_a_phrase_may_have_stars() -> None:
    assert says("We saw cassowaries running.", "saw cassowar* run*")
    assert not says("We saw cassowaries.", "saw cassowar* run*")
    assert says("日本語です", "日本*")


def test_a_star_alone_is_no_word() -> None:
    assert not phrases_in("*\n **")


def test_a_list_with_nothing_in_it_finds_nothing() -> None:
    assert not says("Anything", " \n…\n\n")


JUNK = [
    "a" * 5000,
    "a " * 2500,
    "(a+)+$" * 833,
    "aaaaaaaaaaaaaaaaaaaaaaaa!" * 200,
    "\ufdfa" * 5000,
    "e" + "\u0301" * 4999,
    "\u200b" * 5000,
    "".join(map(chr, range(0x4E00, 0x4E00 + 5000))),
    "𝓬" * 5000,
    "\udc80" * 5000,
]


@pytest.mark.parametrize("text", JUNK)
def test_no_text_makes_it_hang(text: str) -> None:
    lines = "(a+)+$\n.*.*.*x\naaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\na a a a a a a b"
    says(text, lines)  # each character is looked up once and remembered
    began = thread_time()
    says(text, lines)
    assert thread_time() - began < 0.5


# --- However long the list is ---

HAN = [chr(0x4E00 + at) for at in range(5000)]
# Lists that share what the comment says again and again, and comments that say it.
LONG_LISTS = {
    "words": ((f"word{at}" for at in range(2000)), "the tide is late " * 290),
    "a long beginning": ((f"a a a a a a a x{at}" for at in range(2000)), "a " * 2500),
    "another for each place": (
        ("".join(HAN[at : at + 7]) + "x" for at in range(2000)),
        "".join(HAN),
    ),
    "ever longer stars": (
        ("a" * (at % 30) + f"b{at}*" for at in range(2000)),
        " ".join("a" * at for at in range(1, 99)),
    ),
    "stars all along": (
        (" ".join(["a*"] * (at % 7 + 1)) + f" x{at}*" for at in range(200)),
        "aaa " * 1250,
    ),
    "a star for each place": (
        (f"{' '.join(HAN[at : at + 6])}* x" for at in range(200)),
        "".join(HAN),
    ),
    "one line again and again": (("a b" for _ in range(2000)), "a " * 2500),
    "words out of one sign": ((f"\ufdfa x{at}" for at in range(2000)), "\ufdfa" * 5000),
}


@pytest.mark.parametrize("name", LONG_LISTS)
def test_fifty_of_the_longest_lists_are_looked_through_at_once(name: str) -> None:
    lines, text = LONG_LISTS[name]
    listed = "\n".join(lines)
    lists = [f"{listed}\nzz{number}z" for number in range(50)]
    phrases = [phrases_in(each) for each in lists]
    words_of(text)  # each character is looked up once and remembered
    began = thread_time()
    said = Said([words_of(text), words_of(f"{text}&amp;"), words_of(f"{text}\\.x")])
    found = [said.says_one_of(each) for each in phrases]
    assert thread_time() - began < 0.5
    assert not any(found)


def test_a_long_list_finds_its_last_line() -> None:
    lines = "\n".join([*(f"a a a a a x{at}" for at in range(2000)), "tide turn*"])
    assert says("Soon the tide turned.", lines)
    assert not says("The turned tide.", lines)


def test_a_star_behind_many_letters_stands_for_further_ones_only() -> None:
    assert says("a" * 60, "a" * 50 + "*")
    assert not says("a" * 49, "a" * 50 + "*")


def test_a_phrase_does_not_run_from_one_reading_into_the_next() -> None:
    said = Said([["the", "tide"], ["turned", "late"]])
    assert not said.says_one_of(phrases_in("tide turned\ntide turn*"))
    assert said.says_one_of(phrases_in("turn* late"))
