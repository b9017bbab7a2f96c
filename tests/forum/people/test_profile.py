"""People change their profile; a mistake costs them nothing they typed or chose."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from accounts.counters import Rate
from accounts.models import Picture, Profile, User
from accounts.profiles import change_profile, set_picture
from forum.models import Sanction
from tests.images.files import picture_file

EDIT = "/accounts/profile/"
SHOWN = {"username": "Ines Okafor", **dict.fromkeys(Profile.SHOWS, "on")}
TOO_LONG = "words " * 50


@pytest.fixture
def mine(reader: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(reader)


def upload(data: bytes = b"", name: str = "me.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data or picture_file((400, 300)))


def block(person: User) -> None:
    until = timezone.now() + timedelta(days=1)
    Sanction.objects.create(person=person, kind="silence", until=until, reason="unkind")


def kept_in(html: str) -> str:
    return html.partition('name="kept_picture" value="')[2].partition('"')[0]


def test_what_is_saved_is_on_the_page(mine: Client, reader: User) -> None:
    answer = mine.post(EDIT, {"about": "Walks at\r\nlow tide.", "picture": upload(), **SHOWN})
    assert (answer.status_code, answer.url) == (303, EDIT)
    html = Client().get(reader.get_absolute_url()).text
    assert "Walks at<br>low tide." in html
    assert reader.picture.get_absolute_url() in html
    assert reader.picture.get_absolute_url() in mine.get("/accounts/").text


def test_a_picture_is_stored_as_a_small_square_without_what_the_file_hid(
    mine: Client, reader: User
) -> None:
    hidden = b"taken at the house of Marta"
    mine.post(EDIT, {"picture": upload(picture_file((900, 600)) + hidden), **SHOWN})
    data = bytes(reader.picture.data)
    picture = Image.open(io.BytesIO(data))
    assert (picture.format, picture.size) == ("WEBP", (256, 256))
    assert hidden not in data


def test_another_picture_has_another_address_and_the_first_is_gone(
    mine: Client, reader: User
) -> None:
    mine.post(EDIT, {"picture": upload(), **SHOWN})
    first = Picture.objects.get().get_absolute_url()
    mine.post(EDIT, {"picture": upload(picture_file(color=9)), **SHOWN})
    second = Picture.objects.get().get_absolute_url()
    assert [mine.get(address).status_code for address in (first, second)] == [404, 200]


def test_a_form_without_a_picture_leaves_it_and_a_ticked_box_removes_it(
    mine: Client, reader: User
) -> None:
    set_picture(reader, b"picture")
    mine.post(EDIT, {"about": "Words.", **SHOWN})
    assert Picture.objects.exists()
    mine.post(EDIT, {"about": "Words.", "removes_picture": "on", **SHOWN})
    assert not Picture.objects.exists()


def test_a_text_that_is_too_long_comes_back_with_the_error_at_its_field(mine: Client) -> None:
    answer = mine.post(EDIT, {"about": TOO_LONG, **SHOWN})
    assert answer.status_code == 422
    assert TOO_LONG.strip() in answer.text
    words = "This text has 299 characters. Shorten it: the limit is 280."
    assert answer.context["form"].errors == {"about": [words]}
    assert 'aria-describedby="id_about_helptext id_about_error"' in answer.text


def test_a_line_break_counts_once(mine: Client) -> None:
    assert mine.post(EDIT, {"about": "a\r\n" * 139 + "bc", **SHOWN}).status_code == 303


def test_a_picture_sent_with_another_mistake_need_not_be_chosen_again(
    mine: Client, reader: User
) -> None:
    answer = mine.post(EDIT, {"about": TOO_LONG, "picture": upload(), **SHOWN})
    assert "Your new picture is kept." in answer.text
    assert 'src="data:image/webp;base64,' in answer.text
    assert not Picture.objects.exists()
    answer = mine.post(EDIT, {"about": "Short.", "kept_picture": kept_in(answer.text), **SHOWN})
    assert answer.status_code == 303
    assert Image.open(io.BytesIO(bytes(reader.picture.data))).size == (256, 256)


def test_only_a_picture_that_was_encoded_here_is_kept(mine: Client) -> None:
    answer = mine.post(EDIT, {"kept_picture": "PHNjcmlwdD4=", **SHOWN})
    assert answer.context["form"].errors == {"picture": ["Choose the picture again."]}
    assert not Picture.objects.exists()


def test_a_picture_that_waits_in_somebody_elses_page_is_refused(
    mine: Client, other_reader: User, client_of: Callable[[User], Client]
) -> None:
    fields = {"about": TOO_LONG, "picture": upload(), **SHOWN, "username": "Tomas Reyle"}
    answer = client_of(other_reader).post(EDIT, fields)
    said = mine.post(EDIT, {"kept_picture": kept_in(answer.text), **SHOWN})
    assert said.context["form"].errors == {"picture": ["Choose the picture again."]}


def test_a_picture_waits_in_the_page_for_half_a_day(mine: Client) -> None:
    answer = mine.post(EDIT, {"about": TOO_LONG, "picture": upload(), **SHOWN})
    with time_machine.travel(timezone.now() + timedelta(hours=13)):
        said = mine.post(EDIT, {"kept_picture": kept_in(answer.text), **SHOWN})
    assert said.context["form"].errors == {"picture": ["Choose the picture again."]}


def test_a_file_that_is_no_picture_is_refused_and_the_text_stays(mine: Client) -> None:
    html = b"<html><script>alert(1)</script></html>"
    answer = mine.post(EDIT, {"about": "Walks.", "picture": upload(html), **SHOWN})
    assert answer.status_code == 422
    assert "This file is not a picture we can read." in answer.text
    assert "Walks.</textarea>" in answer.text
    assert not Profile.objects.exists()


def test_a_picture_over_five_megabytes_is_refused_at_its_field(mine: Client) -> None:
    answer = mine.post(EDIT, {"picture": upload(b"\xff" * (5 * 1024 * 1024 + 1)), **SHOWN})
    assert answer.context["form"].errors == {
        "picture": ["This picture is over 5 MB. Choose a smaller one."]
    }


def test_pictures_are_decoded_at_a_pace(mine: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accounts.limits.PICTURE_OF_PERSON", Rate("picture", 1, 3600))
    mine.post(EDIT, {"picture": upload(), **SHOWN})
    answer = mine.post(EDIT, {"about": "Walks.", "picture": upload(), **SHOWN})
    assert (answer.status_code, "Retry-After" in answer) == (429, True)
    assert "Too many pictures. Choose it again in 60 minutes." in answer.text
    assert "Walks.</textarea>" in answer.text


def test_who_is_blocked_can_hide_and_remove_but_not_write(mine: Client, reader: User) -> None:
    change_profile(reader, about="Old words.")
    set_picture(reader, b"picture")
    block(reader)
    page = mine.get(EDIT).text
    assert "while you are blocked" in page
    assert 'type="file"' not in page
    shown = {**SHOWN, "removes_picture": "on"}
    del shown["shows_about"]
    assert mine.post(EDIT, {"about": "New.", "picture": upload(), **shown}).status_code == 303
    profile = Profile.objects.get()
    assert (profile.about, profile.shows_about) == ("Old words.", False)
    assert not Picture.objects.exists()


def test_two_windows_that_save_at_once_leave_one_profile(mine: Client, reader: User) -> None:
    for about in ("One.", "Two."):
        mine.post(EDIT, {"about": about, **SHOWN})
    assert Profile.objects.get().about == "Two."


def test_a_profile_and_picture_go_with_the_account(mine: Client, reader: User) -> None:
    mine.post(EDIT, {"about": "Walks.", "picture": upload(), **SHOWN})
    address = Picture.objects.get().get_absolute_url()
    User.objects.get(pk=reader.pk).delete()
    assert not Profile.objects.exists()
    assert not Picture.objects.exists()
    assert Client().get(address).status_code == 404


def test_the_form_costs_few_statements(
    mine: Client, reader: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    set_picture(reader, b"picture")
    # session, person, whether they are blocked, profile, picture
    with django_assert_num_queries(5):
        mine.get(EDIT)


def test_nobody_else_is_let_in() -> None:
    assert Client().get(EDIT).url.startswith("/accounts/login/")


def test_a_request_too_large_for_the_form_is_refused_unread(mine: Client) -> None:
    answer = mine.post(EDIT, {"picture": upload(b"\xff" * (9 * 1024 * 1024))})
    assert answer.status_code == 413
    assert "choose a smaller file" in answer.text


def test_other_forms_take_no_more_than_before(mine: Client) -> None:
    large: dict[str, Any] = {"picture": upload(b"\xff" * (2 * 1024 * 1024))}
    assert mine.post("/accounts/email/", large).status_code == 413
