from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from text.fields import validate_shown


class Fact(models.Model):
    article = models.ForeignKey(Article, models.CASCADE, related_name="facts")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    text = models.CharField(_("text"), max_length=500, blank=True, validators=[validate_shown])
    label = models.CharField(_("label"), max_length=120, blank=True, validators=[validate_shown])
    value = models.CharField(_("value"), max_length=120, blank=True, validators=[validate_shown])
    source = models.CharField(_("source"), max_length=200, blank=True, validators=[validate_shown])
    source_url = models.URLField(_("address of the source"), max_length=500, blank=True)
    as_of = models.DateField(_("as of"), null=True, blank=True)

    class Meta:
        verbose_name = _("fact")
        verbose_name_plural = _("facts")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") | (~Q(label="") & ~Q(value="")),
                name="fact_says_something",
                violation_error_message=_("Enter a text, or a label with its value."),
            )
        ]

    def __str__(self) -> str:
        return self.text or f"{self.label}: {self.value}"
