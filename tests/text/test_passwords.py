import time

import pytest

from tests.corpora import cases
from text.passwords import Weakness, opaque_string, weakness_of

KNOWN = ["Parley", "talk.example.org", "Ines Okafor", "ines.okafor@harbour.example"]


@pytest.mark.parametrize(
    ("typed", "compared"),
    [
        ("Zwo\u0308lf scho\u0308ne", "Zw\u00f6lf sch\u00f6ne"),
        ("a\u00a0b\u2003c\u3000d", "a b c d"),
        ("\u212b", "\u00c5"),
        ("ﬁne Ⅳ", "ﬁne Ⅳ"),
        ("  two  ", "  two  "),
    ],
)
def test_a_password_has_one_form(typed: str, compared: str) -> None:
    assert opaque_string(typed) == compared


@pytest.mark.parametrize(
    "password",
    [
        "quiet harbour wall",
        "correct horse battery staple",
        "red green blue dog",
        "i love my little dog",
        "Zwölf schöne Bäume draußen",
        "пароль для нашего форума",
        "さくらの花が咲く丘の上で",
        "春は曙やうやう白くなりゆく",
        "東京の海は今日も静かだ。",
        "コーヒー、牛乳とトースト",
        "「犬は五時に吠える」！？",
        "北京的春天花都开了吗真好",
        "우리집강아지는복슬강아지",
        "k7qwm-3xz9p-r4tnb-8hy2c",
        "password and three more strange words",
        "12345678901234567890123456789012 but quiet harbour wall",
        "x" * 32 + "quiet harbour wall",
    ],
)
def test_good_passwords_are_taken(password: str) -> None:
    assert weakness_of(password, KNOWN) is None


@pytest.mark.parametrize("password", cases("password_accept"))
def test_no_password_of_the_corpus_is_refused(password: str) -> None:
    assert weakness_of(password, KNOWN) is None


@pytest.mark.parametrize(
    ("password", "weakness"),
    [
        ("quiet harbour", Weakness.SHORT),
        ("さくらの花が咲く丘の", Weakness.SHORT),
        ("aaaaaaaaaaaaaaaa", Weakness.REPEATED),
        ("abababababababab", Weakness.REPEATED),
        ("あああああああああああああああ", Weakness.REPEATED),
        ("aaaaabbbbbcccccddddd", Weakness.REPEATED),
        ("                ", Weakness.REPEATED),
        ("passwordpassword", Weakness.REPEATED),
        ("iloveyouiloveyou", Weakness.REPEATED),
        ("P@ssw0rdP@ssw0rd", Weakness.REPEATED),
        ("abc123 abc123 abc123 ", Weakness.REPEATED),
        ("passwortpasswort", Weakness.REPEATED),
        ("пароль12345пароль12345", Weakness.REPEATED),
        ("password" * 60, Weakness.REPEATED),
        ("abcdefghijklmnop", Weakness.SEQUENCE),
        ("zyxwvutsrqponml", Weakness.SEQUENCE),
        ("абвгдежзийклмнопр", Weakness.SEQUENCE),
        ("あいうえおかきくけこさしすせそ", Weakness.SEQUENCE),
        ("123456789012345", Weakness.COMMON),
        ("qwertyuiopasdfgh", Weakness.COMMON),
        ("йцукенгшщзхъфыва", Weakness.SEQUENCE),
        ("1qaz2wsx3edc4rfv", Weakness.COMMON),
        ("password1234567", Weakness.COMMON),
        ("Password123456789!", Weakness.COMMON),
        ("$p@ssw0rd!123456", Weakness.COMMON),
        ("dragonmonkeyshadow", Weakness.COMMON),
        ("parleyparleyparley", Weakness.PERSONAL),
        ("Parley Parley Parley", Weakness.PERSONAL),
        ("talk.example.org", Weakness.PERSONAL),
        ("welcome to parley", Weakness.PERSONAL),
        ("Ines Okafor 2026", Weakness.PERSONAL),
        ("inesokaforinesokafor", Weakness.PERSONAL),
        ("ines.okafor@harbour.example", Weakness.PERSONAL),
        ("rofakoseni12345", Weakness.PERSONAL),
        ("talkexampleorgtalk", Weakness.PERSONAL),
        ("inesokaforharbourexample", Weakness.PERSONAL),
    ],
)
def test_what_is_guessed_first_is_refused(password: str, weakness: Weakness) -> None:
    assert weakness_of(password, KNOWN) == weakness


@pytest.mark.parametrize("password", ["kanedoepartnerskane", "Kane Doe Partners Kane"])
def test_names_are_known_without_their_signs_and_spaces(password: str) -> None:
    assert weakness_of(password, ["Kane, Doe & Partner's"]) == Weakness.PERSONAL


@pytest.mark.parametrize(
    "password",
    [
        "@({[<!|$+%" * 50,
        "4@8({[<3690!1|7$5+2%aceiolstxz" * 16,
        "".join("0123456789@$aeiolst"[number * number % 19] for number in range(500)),
        "1" * 500,
        "01/02/1999-" * 45,
        "12" * 250,
        "thecatandthedog" * 33,
        "\u0301" * 500,
        "漢" * 500,
    ],
)
def test_no_password_takes_long_to_judge(password: str) -> None:
    weakness_of("to have the lists of words loaded", KNOWN)
    begun = time.process_time()
    weakness_of(password, KNOWN)
    assert time.process_time() - begun < 1  # it takes a twentieth of that
