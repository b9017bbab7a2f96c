from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.flags.categories import Category

if TYPE_CHECKING:
    from forum.flags.models.flag import Flag

EXPLANATION_MAX_LENGTH = 2000


class NoticeManager(models.Manager["Notice"]):
    def say(self, flag: "Flag", said: dict[str, Any]) -> None:
        """Save the notice of a flag; a second report replaces the first."""
        self.update_or_create(flag=flag, defaults=said)


class Notice(models.Model):
    """The further fields of a report of illegal content, under article 16 of the Digital
    Services Act.
    """

    flag = models.OneToOneField("forum.Flag", models.CASCADE, related_name="notice")
    url = models.CharField(_("address of the content"), max_length=500, db_column="place")
    # Empty where the sender was not sure.
    category = models.CharField(_("kind of content"), max_length=50, choices=Category, blank=True)
    law = models.CharField(_("law or reason"), max_length=200)
    explanation = models.TextField(_("explanation"), max_length=EXPLANATION_MAX_LENGTH)
    # Neither name nor address is asked for where it is about offences under Directive 2011/93/EU.
    is_about_children = models.BooleanField(_("about sexual abuse of children"), default=False)
    name = models.CharField(_("name"), max_length=120, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = NoticeManager()

    class Meta:
        verbose_name = _("notice of illegal content")
        verbose_name_plural = _("notices of illegal content")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["created_at"], name="notice_counted")]

    def __str__(self) -> str:
        return f"{self.law}: {self.url}"
