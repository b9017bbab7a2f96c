"""The version of the terms of use that somebody accepted, and when."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from publication.current import current

if TYPE_CHECKING:
    from accounts.models import User


class TermsAcceptance(models.Model):
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="accepted_terms"
    )
    version = models.PositiveIntegerField()  # publication.PageVersion.number
    accepted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["person", "pk"]

    def __str__(self) -> str:
        return f"{self.person}: {self.version}"


def record_acceptance(person: "User") -> None:
    """Store that a new person accepted the terms that are asked for now, if any are."""
    if version := current().terms:
        TermsAcceptance.objects.create(person=person, version=version)


def ask_for_terms(form: Any) -> None:
    """Add the field with which new people accept the terms, where the site asks for it."""
    if not current().terms:
        return
    label = _('I accept the <a href="{url}">terms of use</a>')
    errors = {"required": _("Accept the terms of use to create an account.")}
    form.fields["accepts_terms"] = forms.BooleanField(
        label=format_html(label, url=reverse("site_page", args=["terms"])), error_messages=errors
    )
