"""The language and the time zone that a person chooses."""

from functools import cache
from itertools import groupby
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from pagecache.language import offers_several

Choices = list[tuple[str, Any]]

# Where people live; the database of time zones has older names beside them.
REGIONS = set(
    "Africa America Antarctica Arctic Asia Atlantic Australia Europe Indian Pacific".split()
)


def languages() -> Choices:
    return [("", _("The language of this browser")), *settings.LANGUAGES]


def time_zones() -> Choices:
    site = {"zone": settings.TIME_ZONE}
    return [("", _("The time zone of this browser; in emails %(zone)s") % site), *_by_region()]


@cache
def _by_region() -> Choices:
    names = sorted(name for name in available_timezones() if name.split("/")[0] in REGIONS)
    return [
        (region, [(name, name.replace("_", " ")) for name in group])
        for region, group in groupby(names, lambda name: name.split("/")[0])
    ]


class PreferencesForm(forms.ModelForm[User]):
    language = forms.ChoiceField(label=_("Language"), choices=languages, required=False)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zones, required=False)

    class Meta:
        model = User
        fields = ["language", "time_zone"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not offers_several():
            del self.fields["language"]
