"""The wording of decisions for the person concerned, by ModerationAction.Kind."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

# Six months, whichever they are.
OBJECTION_WINDOW = timedelta(days=184)
# A moderator who slipped has so long to take it back before anybody is told.
LETTER_DELAY = timedelta(seconds=60)
# Whoever loses more comments than this in a day finds the others in the list of decisions.
LETTERS_PER_DAY = 10

# What was decided, and what that means for the person.
DECIDED: dict[str, tuple[Any, Any]] = {
    "hold": (
        _("Your comment is waiting for a moderator"),
        _("It is hidden until a moderator has approved it."),
    ),
    "remove": (
        _("Your comment was removed"),
        _("Readers no longer see it. A notice in its place says that it was removed, and why."),
    ),
    "erase": (_("Your comment was deleted"), _("Readers no longer see it.")),
    "edit": (
        _("Part of your comment was removed"),
        _("Readers see the rest, and that it was edited."),
    ),
    "refuse": (
        _("Your comment was not published"),
        _("Nobody can see it. You can rewrite it and post it again."),
    ),
    "warn": (
        _("You were warned"),
        _("You can still comment. If it happens again, you may be blocked."),
    ),
    "silence": (_("You cannot comment for a while"), _("You can read and vote.")),
    "suspend": (
        _("You are suspended"),
        _("You can read, and delete your own comments. You cannot do anything else."),
    ),
    "ban": (
        _("You are banned"),
        _("You can read, and delete your own comments. You cannot do anything else."),
    ),
}
STATED = [*DECIDED]
MAILED = [kind for kind in STATED if kind != "refuse"]  # that is told on the page at once
# While these last, somebody cannot write: they are told by
# mail whatever else they were told that day.
SANCTIONS = {
    "silence": "silence",
    "suspend": "suspension",
    "ban": "ban",
}  # and which Sanction.Kind each is
# These hide a comment, until it is given back.
HIDES = ["hold", "remove", "erase"]

# What made somebody look (Case.Cause); nobody learns who
# reported, nor from where somebody else was banned.
OCCASIONS: dict[str, Any] = {
    "rule": _("It matched a rule of this site."),
    "before": _("Every comment there is reviewed before it appears."),
    "spam": _("The site’s spam check found that it looks like spam."),
    "flags": _("Readers reported it."),
    "heat": _("The discussion around it became heated."),
    "place": _("It matched a rule of this site."),
}


def rule_in_words(kind: str, stored: str) -> str:
    """Return the message of a rule. Sentences of the site's own are stored in English, slow mode
    as its minutes.
    """
    return _slow_mode(int(stored)) if kind == "slow" and stored.isdecimal() else gettext(stored)


def _slow_mode(minutes: int) -> str:
    if not minutes:
        return gettext("Slow mode off")
    every = ngettext(
        "One comment per person every %(n)d minute",
        "One comment per person every %(n)d minutes",
        minutes,
    )
    return every % {"n": minutes}
