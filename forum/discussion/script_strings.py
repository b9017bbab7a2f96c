"""Texts that count something, for the script of the discussion, in every plural form.

Languages differ in how many forms they have. Each of these numbers stands for a form in some
language: the script takes the text of the one that Intl.PluralRules puts into the same category as
its number (static/forum/discussion/visits.js).
"""

from typing import Final

from django.utils.translation import ngettext

SAMPLES: Final = (0, 1, 2, 3, 6, 7, 11, 100)
BETWEEN: Final = "|"


def counted_strings() -> dict[str, str]:
    """Return the forms of each text, by the name of its data attribute."""
    forms = [_forms(number) for number in SAMPLES]
    return {name: BETWEEN.join(form[name] for form in forms) for name in forms[0]}


def _forms(number: int) -> dict[str, str]:
    return {
        "new-here": ngettext(
            "%s new comment since your last visit",
            "%s new comments since your last visit",
            number,
        ),
        "arrived": ngettext("%s new comment. Show", "%s new comments. Show", number),
        "comment": ngettext("%s comment", "%s comments", number),
        "reply": ngettext("%s reply", "%s replies", number),
        "reply-to": ngettext("%s reply to {0}", "%s replies to {0}", number),
    }
