from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from images.forms import PictureField
from tests.images.files import picture_file


class ProfileForm(forms.Form):
    picture = PictureField(widths=[56], square=True, required=False)


def form_with(data: bytes, name: str = "me.png") -> ProfileForm:
    return ProfileForm({}, {"picture": SimpleUploadedFile(name, data)})


def test_a_picture_is_cleaned_to_its_copies() -> None:
    form = form_with(picture_file())
    assert form.is_valid()
    assert [(copy.width, copy.height) for copy in form.cleaned_data["picture"]] == [(56, 56)]


def test_a_form_without_a_picture_is_valid() -> None:
    form = ProfileForm({}, {})
    assert form.is_valid()
    assert form.cleaned_data["picture"] is None


def test_a_page_with_a_picture_s_name_is_refused_at_the_field() -> None:
    form = form_with(b"<html><script>alert(1)</script></html>", "me.png")
    assert form.errors == {
        "picture": [
            "This file is not a picture we can read. Choose a JPEG, PNG, WebP, AVIF or GIF."
        ]
    }
