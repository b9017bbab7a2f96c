"""The site's own settings, and its pages about itself.

What is set here wins over the environment, which is the default. publication.current holds
what pages need of it, so that none costs a statement.
"""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

ONLY = 1  # the key of the one row


class Signup(models.TextChoices):
    ANYBODY = "anybody", _("Anybody")
    INVITED = "invited", _("People with an invitation")
    NOBODY = "nobody", _("Nobody")


class PageName(models.TextChoices):
    """The pages about the site, by their part of the address."""

    IMPRINT = "imprint", _("Imprint")
    TERMS = "terms", _("Terms of use")
    PRIVACY = "privacy", _("Privacy policy")
    RULES = "rules", _("House rules")
    ACCESSIBILITY = "accessibility", _("Accessibility statement")


class Publication(models.Model):
    """The settings of the site: one row. An empty column means the default."""

    name = models.CharField(_("name"), max_length=100, blank=True)
    line = models.CharField(_("line about the site"), max_length=200, blank=True)
    contact = models.EmailField(_("contact"), blank=True)
    accent = models.CharField(_("accent colour"), max_length=7, blank=True)
    accent_dark = models.CharField(_("accent colour in dark"), max_length=7, blank=True)
    lead = models.TextField(_("introduction on the home page"), blank=True)
    lead_html = models.TextField(blank=True, editable=False)
    signup = models.CharField(
        _("who may create an account"), max_length=8, choices=Signup, default=Signup.ANYBODY
    )
    refused_domains = models.TextField(_("refused email domains"), blank=True)
    asks_terms = models.BooleanField(_("new people accept the terms of use"), default=False)
    refuses_training = models.BooleanField(_("ask AI crawlers to stay away"), default=False)
    is_begun = models.BooleanField(default=False, editable=False)  # the first-run page is done

    class Meta:
        verbose_name = verbose_name_plural = _("site")
        constraints = [models.CheckConstraint(condition=Q(pk=ONLY), name="publication_is_one_row")]

    def __str__(self) -> str:
        return self.name

    @property
    def domains(self) -> frozenset[str]:
        return frozenset(self.refused_domains.split())


class PageVersion(models.Model):
    """One publishing of a page. Earlier ones stay readable."""

    name = models.CharField(_("page"), max_length=16, choices=PageName)
    number = models.PositiveIntegerField(_("version"))
    text = models.TextField(_("text"))
    html = models.TextField(editable=False)
    published_at = models.DateTimeField(_("published"), default=timezone.now)

    class Meta:
        verbose_name = _("version of a page")
        verbose_name_plural = _("versions of pages")
        ordering = ["name", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["name", "number"], name="one_page_of_each_version")
        ]

    def __str__(self) -> str:
        return f"{self.get_name_display()} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("site_page", args=[self.name])
