from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client

from accounts.models import User
from accounts.names import clean_name, is_reserved, skeleton
from tests.accounts.reading import corpus
from tests.conftest import PASSWORD


@pytest.mark.parametrize(
    "name",
    [
        "Ines Okafor",
        "Zoë",
        "José",
        "Müller",
        "O'Neil",
        "O’Neil",
        "Jean-Luc",
        "J. R. Smith",
        "bob_smith",
        "Åse 2",
        "Иван Петров",
        "Γιώργος",
        "محمد علي",
        "田中 太郎",
        "タロウ田中",
        "김철수",
        "राम कुमार",
        "สมชาย",
        "தமிழ்",
        "שלום",
        "Иван Smith",
        "Helen Root",
        "Nguyễn Thị Ánh",
        "Đặng Hữu Phước",
        "कृष्णमूर्ति",
        "लक्ष्मी",
        "ड़ीं कुमार",
        "กำธร น้ำผึ้ง",
        "מָרִים",
        "שָּׁלוֹם",
        "مُحَمَّدٌ",
        "Łukasz",
        "བསྟན་འཛིན".replace("་", " "),
        "ខ្ញុំ",
        "မြန်မာ",
        "தமிழ்ச்செல்வி",
    ],
)
def test_names_of_people_are_welcome(name: str) -> None:
    assert clean_name(name) == name.replace("’", "'")


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "A",
        "..",
        "-_-",
        "a" * 41,
        "al\u200bice",
        "ali\u202ece",
        "Ali\u0000ce",
        "Al\nice",
        "al<b>ice",
        "a@b",
        "аlice",
        "𝔞lice",
        "🦊🦊",
        "Zo" + "\u0308" * 36,
        "Z\u0338\u0321\u0308o",
        "Zo\u20dd",
        "राम" + "\u0902" * 6,
    ],
)
def test_others_are_refused_in_words(name: str) -> None:
    with pytest.raises(ValidationError) as refused:
        clean_name(name)
    assert refused.value.messages[0].endswith(".")


def test_spaces_are_put_in_order() -> None:
    assert clean_name("  Ines   Okafor ") == "Ines Okafor"


@pytest.mark.parametrize(
    "twin", ["ines_okafor", "INES OKAFOR", "lnes 0kafor", "Inés-Okafor", "ines.okafor"]
)
def test_what_looks_alike_is_one_name(twin: str) -> None:
    assert skeleton(twin) == skeleton("Ines Okafor")


@pytest.mark.parametrize(
    "name",
    [
        "admin",
        "Adm1n",
        "ADMINS",
        "The Moderators",
        "Parley team",
        "root",
        "s.u.p.p.o.r.t",
        "A reader",
        "a_Reader",
    ],
)
def test_names_that_speak_for_the_site_are_reserved(name: str) -> None:
    assert is_reserved(name)


@pytest.mark.parametrize("row", corpus("username_spoof"), ids=lambda row: row and row["id"])
def test_nobody_passes_for_somebody_else(row: dict[str, str]) -> None:
    try:
        name = clean_name(row["payload"])
    except ValidationError:
        return
    assert skeleton(name) == skeleton(row["impersonates"])


def test_existing_people_whose_names_look_alike_both_stay(
    reader: User, other_reader: User, client: Client
) -> None:
    User.objects.filter(pk=reader.pk).update(
        username="Lukasz Nowak", username_skeleton="lukasznowak"
    )
    User.objects.filter(pk=other_reader.pk).update(
        username="Łukasz Nowak", username_skeleton="łukasznowak"
    )
    import_module("accounts.migrations.0004_skeletons").renew(apps, connection.schema_editor())
    for person in (reader, other_reader):
        person.refresh_from_db()
        person.full_clean()
        person.save()
        signed_in = client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
        assert signed_in.status_code == 302
    assert User.objects.has_name_like("ŁUKASZ nowak")
