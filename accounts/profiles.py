"""The profile of a person: what they tell of themselves, and how much of it others see."""

import secrets
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from text.fields import validate_shown

if TYPE_CHECKING:
    from accounts.models import User

ABOUT_MAX_LENGTH = 280
# Pixels of its side: pages show it with 96, and dense screens want more than twice as many.
PICTURE_WIDTH = 256
NAME_BYTES = 16  # of a picture, drawn at random


def random_name() -> str:
    return secrets.token_urlsafe(NAME_BYTES)


class Profile(models.Model):
    """A line about a person, and what others see of their page.

    It is stored once they change it; until then they have the values below.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="profile"
    )
    about = models.CharField(
        _("about"), max_length=ABOUT_MAX_LENGTH, blank=True, validators=[validate_shown]
    )
    shows_picture = models.BooleanField(_("picture"), default=True)
    shows_about = models.BooleanField(_("about"), default=True)
    shows_joined = models.BooleanField(_("here since"), default=True)
    shows_comments = models.BooleanField(_("list of comments"), default=True)

    SHOWS = ("shows_picture", "shows_about", "shows_joined", "shows_comments")

    class Meta:
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")

    def __str__(self) -> str:
        return f"{self.person_id}"


class Picture(models.Model):
    """The picture of a person as it was encoded here (images.recode).

    It is a row and not a file, so it is replaced and goes with its account in one transaction:
    docs/decisions/0032-pictures-in-the-database.md.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="picture"
    )
    # Part of its address: another picture has another one, so that browsers may store it for ever.
    name = models.CharField(max_length=32, unique=True, default=random_name)
    # WebP, a square with a side of at most PICTURE_WIDTH.
    data = models.BinaryField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("picture", args=[self.name])

    def visible_to(self, user: Any) -> bool:
        is_shown = self.person.is_active and profile_of(self.person).shows_picture
        return is_shown or user.pk == self.person_id


def profile_of(person: "User") -> Profile:
    return getattr(person, "profile", None) or Profile(person=person)


def picture_of(person: "User") -> Picture | None:
    """Return the picture without its bytes, which only its own address gives."""
    return Picture.objects.filter(person=person).defer("data").first()


def change_profile(person: "User", **values: Any) -> None:
    """Store these values of the profile; the others stay."""
    profile = Profile(person=person, **values)
    Profile.objects.bulk_create(
        [profile], update_conflicts=True, unique_fields=["person"], update_fields=[*values]
    )


def set_picture(person: "User", data: bytes) -> None:
    """Replace the picture of a person. The former one is gone with its address."""
    picture = Picture(person=person, data=data)
    Picture.objects.bulk_create(
        [picture],
        update_conflicts=True,
        unique_fields=["person"],
        update_fields=["name", "data", "created_at"],
    )


def remove_picture(person: "User") -> None:
    Picture.objects.filter(person=person).delete()
