"""The form in which people change their profile."""

import base64
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, TimestampSigner
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import NAME_TAKEN, User
from accounts.names import NAME_MAX_LENGTH, clean_name
from accounts.profiles import (
    ABOUT_MAX_LENGTH,
    PICTURE_WIDTH,
    Profile,
    change_profile,
    profile_of,
    remove_picture,
    set_picture,
)
from accounts.rename import rename
from images.forms import PictureField
from text.fields import ShownTextField

# A picture waits so long in the page for the rest of the form to be right.
PICTURE_IN_PAGE = timedelta(hours=12)


class AboutField(ShownTextField):
    """The browser does not cut the text: one that is too long comes back whole, with an error."""

    widget = forms.Textarea(attrs={"rows": 3})

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=ABOUT_MAX_LENGTH, required=False, **options)
        self.widget.attrs.pop("maxlength")
        self.error_messages["max_length"] = _(
            "This text has %(show_value)d characters. Shorten it: the limit is %(limit_value)d."
        )

    def to_python(self, value: Any) -> str:
        # A browser sends each line break as two characters; the reader counts one.
        return str(super().to_python(value)).replace("\r\n", "\n").strip()


class ProfileForm(forms.Form):
    username = forms.CharField(
        label=_("Display name"),
        help_text=_(
            "You can change it twice in 30 days. Your former name still leads to your page, and "
            "nobody else can take it."
        ),
        error_messages={"required": _("Enter a display name.")},
        max_length=4 * NAME_MAX_LENGTH,  # the name's own rule says it in words
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    picture = PictureField(
        label=_("Picture"),
        widths=[PICTURE_WIDTH],
        square=True,
        required=False,
        help_text=_(
            "JPEG, PNG, WebP, AVIF or GIF, at most 5 MB and 40 million pixels. We cut it to a "
            "small square, without the place and time that cameras write into a file."
        ),
    )
    # What was uploaded with a form that had another mistake: browsers cannot fill in a file again.
    kept_picture = forms.CharField(required=False, widget=forms.HiddenInput)
    removes_picture = forms.BooleanField(label=_("Remove the picture"), required=False)
    about = AboutField(
        label=_("About you"),
        help_text=_("Up to 280 characters, without links or formatting."),
    )
    shows_picture = forms.BooleanField(label=_("Picture"), required=False)
    shows_about = forms.BooleanField(label=_("About you"), required=False)
    shows_joined = forms.BooleanField(label=_("Here since"), required=False)
    shows_comments = forms.BooleanField(label=_("List of your comments"), required=False)
    comment_order = forms.ChoiceField(
        label=_("Order of comments"),
        choices=[("", _("Best")), ("newest", _("Newest")), ("oldest", _("Oldest"))],
        required=False,
    )
    folds_replies = forms.BooleanField(label=_("Collapse replies"), required=False)

    READING = ("comment_order", "folds_replies")

    def __init__(self, person: User, *, may_write: bool, **options: Any) -> None:
        self.person = person
        profile = profile_of(person)
        self.stored = {name: getattr(profile, name) for name in ("about", *Profile.SHOWS)}
        reading = {name: getattr(person, name) for name in self.READING}
        initial = {"username": person.username, **self.stored, **reading}
        super().__init__(initial=initial, label_suffix="", **options)
        if not may_write:
            # Who is blocked can still hide and remove what is there.
            for name in ("username", "picture", "kept_picture", "about"):
                del self.fields[name]

    def clean_username(self) -> str:
        name = str(self.cleaned_data["username"])
        if name == self.person.username:
            return name  # it may be older than a rule
        name = clean_name(name, allow_reserved=self.person.is_staff)
        if User.objects.has_name_like(name, but=self.person.pk):
            raise ValidationError(NAME_TAKEN, "taken")
        return name

    def clean(self) -> dict[str, Any]:
        cleaned = cast("dict[str, Any]", super().clean())
        cleaned["picture"] = self._picture(cleaned)
        if self.errors and cleaned["picture"]:
            self._keep(cleaned["picture"])
        return cleaned

    def save(self) -> bool:
        """Return False, with an error at the name, if it cannot be taken now."""
        try:
            self._save()
        except IntegrityError:  # somebody was quicker
            self._refuse_name(ValidationError(NAME_TAKEN, "taken"))
        except ValidationError as error:
            self._refuse_name(error)
        return not self.errors

    @transaction.atomic
    def _save(self) -> None:
        if "username" in self.changed_data:
            rename(self.person, self.cleaned_data["username"])
        values = {name: self.cleaned_data[name] for name in self.stored if name in self.fields}
        change_profile(self.person, **values)
        reading = {name: self.cleaned_data[name] for name in self.READING}
        User.objects.filter(pk=self.person.pk).update(**reading)
        if self.cleaned_data["picture"]:
            set_picture(self.person, self.cleaned_data["picture"])
        elif self.cleaned_data["removes_picture"]:
            remove_picture(self.person)

    @property
    def picture_in_page(self) -> str:
        """Return the uploaded picture that waits, as an address that holds it."""
        kept = self._unsigned(str(self.data.get("kept_picture", "")))
        return f"data:image/webp;base64,{kept}" if kept else ""

    @property
    def shown(self) -> Iterator[forms.BoundField]:
        return (self[name] for name in Profile.SHOWS)

    def _picture(self, cleaned: dict[str, Any]) -> bytes | None:
        copies = cleaned.get("picture")
        if copies:
            return bytes(copies[0].data)
        kept = cleaned.get("kept_picture")
        if not kept or cleaned.get("removes_picture") or "picture" in self.errors:
            return None
        encoded = self._unsigned(kept)
        if not encoded:
            self.add_error("picture", ValidationError(_("Choose the picture again."), "expired"))
        return base64.b64decode(encoded) or None

    def _refuse_name(self, error: ValidationError) -> None:
        picture = self.cleaned_data["picture"]
        self.add_error("username", error)
        if picture:
            self._keep(picture)

    def _keep(self, picture: bytes) -> None:
        kept = self._signer.sign(base64.b64encode(picture).decode())
        self.data = dict(self.data.items()) | {"kept_picture": kept}

    @property
    def _signer(self) -> TimestampSigner:
        return TimestampSigner(salt=f"accounts.picture.{self.person.pk}")

    def _unsigned(self, text: str) -> str:
        try:
            return self._signer.unsign(text, max_age=PICTURE_IN_PAGE)
        except BadSignature:
            return ""
