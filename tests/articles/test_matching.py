from time import perf_counter, process_time

import pytest

from articles.passages.matching import match

NOON = "Stand on a harbour wall at noon and look down."
TIDE = "The tide will still be rising, and the boats with it."
MOON = "Twice a day the moon draws the water up towards itself."
SALT = "Salt has nothing to do with any of this."
# The whole, and its parts.
LONG = f"{NOON} {TIDE}"


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        pytest.param([], [NOON], {}, id="a new text"),
        pytest.param([NOON, TIDE], [NOON, TIDE], {0: 0, 1: 1}, id="nothing changed"),
        pytest.param([NOON, TIDE, MOON], [MOON, NOON, TIDE], {0: 2, 1: 0, 2: 1}, id="reordered"),
        pytest.param([NOON, TIDE], [TIDE, NOON], {0: 1, 1: 0}, id="swapped"),
        pytest.param([NOON], [NOON.replace("noon", "six")], {0: 0}, id="edited"),
        pytest.param(
            [NOON, TIDE], [TIDE.upper(), NOON + " Wait."], {0: 1, 1: 0}, id="swapped and edited"
        ),
        pytest.param([NOON, TIDE], [NOON, SALT, TIDE], {0: 0, 2: 1}, id="one put in between"),
        pytest.param([NOON, SALT, TIDE], [NOON, TIDE], {0: 0, 1: 2}, id="one deleted"),
        pytest.param([SALT], [MOON], {}, id="another in its place"),
        pytest.param([LONG], [NOON, TIDE], {1: 0}, id="split: the longer half goes on"),
        pytest.param([NOON, TIDE], [LONG], {0: 1}, id="merged: the longer half goes on"),
        pytest.param([NOON, NOON], [NOON, NOON, NOON], {0: 0, 1: 1}, id="said more than once"),
    ],
)
def test_passages_are_found_again(old: list[str], new: list[str], found: dict[int, int]) -> None:
    assert match(new, old) == found


def test_what_is_gone_returns_by_its_own_words_only() -> None:
    assert match([NOON, TIDE + " Slowly."], old=[], gone=[TIDE, NOON]) == {0: 1}


def test_what_stands_comes_before_what_is_gone() -> None:
    assert match([NOON], old=[NOON], gone=[NOON]) == {0: 0}


def test_a_long_text_written_over_costs_little() -> None:
    old = [
        " ".join(f"w{(place * 31 + word * 7) % 2000}" for word in range(80)) for place in range(500)
    ]
    new = [f"{words} and more" for words in reversed(old)]
    begun = perf_counter()
    assert match(new, old) == {place: 499 - place for place in range(500)}
    assert perf_counter() - begun < 5


def test_one_word_again_and_again_is_matched_at_once() -> None:
    began = process_time()
    assert match(["word " * 20_000 + "end"], ["word " * 20_000]) == {0: 0}
    assert process_time() - began < 0.5
