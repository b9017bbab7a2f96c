from django.db import models
from django.utils.translation import gettext_lazy as _


class Reason(models.TextChoices):
    """Reasons of removals and sanctions. The values are stored, and sealed in the log."""

    SPAM = "spam", _("Spam")
    UNKIND = "unkind", _("Unkind or threatening")
    OFF_TOPIC = "off_topic", _("Off topic")
    PRIVATE = "private", _("Private information")
    ILLEGAL = "illegal", _("Illegal content")
    OTHER = "other", _("Against the rules of this site")
