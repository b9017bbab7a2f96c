"""Names of browsers as people know them, such as "Chrome on Linux"."""

import re

from django.utils.translation import gettext as _
from ua_parser import parse

MAX_LENGTH = 512  # no browser's is longer; patterns are tried on all of it
NAME_MAX_LENGTH = 40
TODAY = {"Mac OS X": "macOS", "Other": ""}
# A name comes out of a text that anybody can send.
UNEXPECTED = re.compile(r"[^\w .+-]", re.ASCII)


def browser_name(user_agent: str) -> str:
    found = parse(user_agent[:MAX_LENGTH])
    browser = _plain(found.user_agent.family if found.user_agent else "")
    system = _plain(found.os.family if found.os else "")
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("Unknown browser")


def _plain(name: str) -> str:
    plain = UNEXPECTED.sub("", name)[:NAME_MAX_LENGTH].strip()
    return TODAY.get(plain, plain)
