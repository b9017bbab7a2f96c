"""The form of the site's own settings, and of its pages."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.validators import validate_markdown_shown
from publication.colours import COLOUR, nearest_passing, passes, worst_contrast
from publication.models import Publication
from text.email_addresses import NotAnAddress, canonical_address
from text.fields import ShownTextField

LEAD_LENGTH = 2000
PAGE_LENGTH = 100_000
DOMAINS_LENGTH = 10_000
TOO_LIGHT = gettext_lazy(
    "Too light to read: its contrast is %(ratio)s, and 4.5 is needed. The nearest shade that"
    " works is %(shade)s."
)
TOO_DARK = gettext_lazy(
    "Too dark to read on dark pages: its contrast is %(ratio)s, and 4.5 is needed. The nearest"
    " shade that works is %(shade)s."
)
DOMAIN = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+")


class SiteForm(forms.ModelForm[Publication]):
    lead = forms.CharField(
        label=capfirst(Publication._meta.get_field("lead").verbose_name),
        required=False,
        max_length=LEAD_LENGTH,
        validators=[validate_markdown_shown],
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Above the newest article. You can use Markdown."),
    )

    class Meta:
        model = Publication
        fields = (
            "name",
            "line",
            "contact",
            "lead",
            "accent",
            "accent_dark",
            "signup",
            "refused_domains",
            "asks_terms",
            "refuses_training",
        )
        field_classes = {"name": ShownTextField, "line": ShownTextField}
        widgets = {
            "refused_domains": forms.Textarea(attrs={"rows": 3}),
            "signup": forms.RadioSelect,
        }
        help_texts = {
            "line": gettext_lazy("One sentence. Search engines show it below the name."),
            "accent": gettext_lazy(
                "Of links and buttons, such as #0b5563. Empty: the usual colour."
            ),
            "accent_dark": gettext_lazy("Empty: a lighter shade of the accent colour."),
            "refused_domains": gettext_lazy(
                "One in each line. People with such an address cannot create an account."
            ),
            "asks_terms": gettext_lazy("As soon as the terms of use are published."),
            "refuses_training": gettext_lazy(
                "By robots.txt: crawlers that collect texts to train AI models. Search engines"
                " still find your site."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        default = gettext_lazy("Empty: %(default)s")
        for name, value in (("name", settings.SITE_NAME), ("contact", settings.CONTACT)):
            self.fields[name].help_text = default % {"default": value}

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        if name and not any(char.isalnum() or ord(char) > 127 for char in name):
            raise ValidationError(_("Enter a name with a letter or digit."))
        return name

    def clean_contact(self) -> str:
        try:
            address = self.cleaned_data["contact"]
            return canonical_address(address) if address else ""
        except NotAnAddress as refused:
            raise ValidationError(refused.message) from refused

    def clean_accent(self) -> str:
        return _passing(self.cleaned_data["accent"], dark=False)

    def clean_accent_dark(self) -> str:
        return _passing(self.cleaned_data["accent_dark"], dark=True)

    def clean_refused_domains(self) -> str:
        text = str(self.cleaned_data["refused_domains"]).lower()
        domains = [domain.lstrip("@") for domain in re.split(r"[\s,;]+", text) if domain]
        for domain in domains:
            if not DOMAIN.fullmatch(domain):
                message = _("“%(domain)s” is not a domain. Write it like example.com.")
                raise ValidationError(message % {"domain": domain[:100]})
        return "\n".join(dict.fromkeys(domains))


class PageForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=PAGE_LENGTH,
        validators=[validate_markdown_shown],
        widget=forms.Textarea(attrs={"rows": 20}),
        help_text=gettext_lazy("You can use Markdown. Each publishing is a new version."),
        error_messages={"required": gettext_lazy("Enter the text of the page.")},
    )


def _passing(typed: str, *, dark: bool) -> str:
    """Return the colour; raise ValidationError where text in it is too hard to read."""
    colour = typed.strip().lower()
    if not colour:
        return ""
    if not colour.startswith("#"):
        colour = f"#{colour}"
    if not COLOUR.fullmatch(colour):
        raise ValidationError(_("Write the colour as # and six digits, such as #0b5563."))
    if passes(colour, dark=dark):
        return colour
    # Rounded down, so that no ratio that fails reads as 4.5.
    ratio = int(worst_contrast(colour, dark=dark) * 100) / 100
    message = TOO_DARK if dark else TOO_LIGHT
    shade = nearest_passing(colour, dark=dark)
    raise ValidationError(message % {"ratio": number_format(ratio, 2), "shade": shade})


class NameForm(forms.Form):
    name = ShownTextField(
        label=gettext_lazy("Name of the site"),
        max_length=100,
        error_messages={"required": gettext_lazy("Enter a name for the site.")},
    )
    clean_name = SiteForm.clean_name
