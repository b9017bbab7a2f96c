"""Explanations of spam scores, in words for moderators."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

SIGNS: Final[dict[str, str | Promise]] = {
    "#capitals": _("is written in capitals"),
    "#exclamations": _("has many exclamation marks"),
    "#hurried": _("was sent faster than a person can type"),
    "#known site": _("links to a site often linked to here, never in spam"),
    "#link": _("has a link"),
    "#link and few words": _("has a link and few words"),
    "#long": _("is long"),
    "#mail address": _("has an email address"),
    "#many links": _("has many links"),
    "#markup": _("has links in a form that only programs write"),
    "#phone number": _("has a phone number"),
    "#repeats itself": _("repeats itself"),
    "#same text": _("says the same as another comment"),
    "#same text as spam": _("says the same as a comment that was removed as spam"),
    "#shortened link": _("has a link that hides where it leads"),
    "#site of spam": _("links to a site that spam on this site linked to"),
    "#sum of money": _("names a sum of money"),
}


def said(token: str) -> str:
    """The token as it is kept with a case, in words."""
    if token.startswith("@"):
        return gettext("links to %(site)s") % {"site": token[1:]}
    return str(SIGNS[token]) if token in SIGNS else gettext("“%(word)s”") % {"word": token}
