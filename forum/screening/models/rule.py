from collections.abc import Collection
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from forum.screening.checks import NEEDS_WORDS
from forum.screening.phrases import (
    MOST_CHARACTERS,
    MOST_LINES,
    MOST_LINES_IN_USE,
    MOST_PHRASES_WITH_STARS,
    lines_in,
    stars_in,
)
from text.fields import validate_shown

if TYPE_CHECKING:
    pass


SHOWN_OF_LIST = 50  # lines
STEP = 10  # leaves room for a rule between two others
LAST = 32_767  # the highest number that the column takes


class Condition(NamedTuple):
    check_kind: str
    words: str
    number: int | None


class RuleQuerySet(models.QuerySet["Rule"]):
    def on(self) -> "RuleQuerySet":
        return self.filter(is_on=True).order_by("position", "pk")

    def end(self) -> int:
        """Return the position behind all rules. Two that are made at once share it, and the
        older comes first.
        """
        last = self.aggregate(last=models.Max("position"))["last"] or 0
        return min(last + STEP, LAST)


class Rule(models.Model):
    """A condition on new comments, and its effect. The first rule that applies decides."""

    class Check(models.TextChoices):
        WORDS = "words", _("has one of these words or phrases")
        LINKS = "links", _("has N or more links")
        DOMAINS = "domains", _("links to one of these domains")
        NEW_ACCOUNT = "new_account", _("author’s account is under N days old")
        FIRST_COMMENT = "first", _("is its author’s first comment here")
        SPEED = "speed", _("is one of N or more by its author within 10 minutes")
        REPETITION = (
            "repetition",
            _("repeats an earlier comment by its author, anywhere on the site"),
        )
        CAPITALS = "capitals", _("has N or more capital letters, and mostly capitals")
        SPAM = "spam", _("has a spam score of N per cent or more")

    class Verdict(models.TextChoices):
        PASS = "pass", _("Let it through and skip the rules below")
        HOLD = "hold", _("Hold it for a moderator")
        REFUSE = "refuse", _("Refuse it and say why")

    name = models.CharField(_("name"), max_length=80, validators=[validate_shown])
    position = models.PositiveSmallIntegerField(
        _("position"),
        blank=True,
        help_text=_(
            "Rules are checked in order, lowest number first. Leave empty to put the rule last."
        ),
    )
    check_kind = models.CharField(_("applies to a comment that"), max_length=12, choices=Check)
    words = models.TextField(
        _("words, phrases or domains"),
        blank=True,
        help_text=_("One per line. “cassowar*” matches every word that begins like this."),
    )
    number = models.PositiveIntegerField(_("number"), null=True, blank=True)
    # A second condition; empty where there is none.
    and_check_kind = models.CharField(_("and that"), max_length=12, choices=Check, blank=True)
    and_words = models.TextField(
        _("words, phrases or domains"), blank=True, help_text=_("One per line.")
    )
    and_number = models.PositiveIntegerField(_("number"), null=True, blank=True)
    verdict = models.CharField(
        _("what happens"), max_length=6, choices=Verdict, default=Verdict.HOLD
    )
    # What the writer is told, and everybody who reads the log.
    explanation = models.CharField(
        _("message shown to the commenter"), max_length=300, validators=[validate_shown]
    )
    trusts = models.BooleanField(_("does not apply to trusted readers"), default=True)
    is_on = models.BooleanField(_("active"), default=False)

    objects = RuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule")
        verbose_name_plural = _("rules")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return gettext(self.name)  # the rules of a new site are stored in English

    def save(self, *args: Any, **options: Any) -> None:
        """Refuse an active rule whose lists are too long, since it would slow every comment."""
        if self.is_on and (faults := self._faults()):
            raise ValidationError(faults)
        if self.position is None:
            self.position = Rule.objects.end()
        super().save(*args, **options)

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        super().clean_fields(exclude)
        faults = {
            name: fault for name, fault in self._faults().items() if name not in (exclude or ())
        }
        if faults:
            raise ValidationError(faults)

    def clean(self) -> None:
        if not self.is_on:
            return
        if faults := self._faults():
            raise ValidationError({"is_on": list(faults.values())})
        room = max(
            MOST_LINES_IN_USE - sum(rule.lines for rule in Rule.objects.on().exclude(pk=self.pk)), 0
        )
        if self.lines > room:
            raise ValidationError({"is_on": _no_room(room)})

    @property
    def lines(self) -> int:
        return lines_in(self.words) + lines_in(self.and_words)

    def _faults(self) -> dict[str, str]:
        return {
            name: fault
            for name in ("words", "and_words")
            if (fault := _fault_of(getattr(self, name)))
        }

    @property
    def conditions(self) -> list[Condition]:
        """Return the conditions, which must all hold, with the most expensive last."""
        written = [
            Condition(self.check_kind, self.words, self.number),
            Condition(self.and_check_kind, self.and_words, self.and_number),
        ]
        given = [condition for condition in written if condition.check_kind]
        return sorted(given, key=lambda condition: condition.check_kind == self.Check.SPAM)

    @property
    def in_words(self) -> str:
        """Return what the rule applies to, in words."""
        said = [_in_words(condition) for condition in self.conditions]
        if len(said) == 1:
            return said[0]
        return gettext("%(condition)s and %(other)s") % {"condition": said[0], "other": said[1]}


def _fault_of(words: str) -> str:
    if len(words) > MOST_CHARACTERS:
        return gettext(
            "This list has %(n)s characters: the limit is %(most)s. Move part of it to another "
            "rule."
        ) % {"most": _grouped(MOST_CHARACTERS), "n": _grouped(len(words))}
    if (lines := lines_in(words)) > MOST_LINES:
        return gettext(
            "This list has %(n)s lines: the limit is %(most)s. Move part of it to another rule."
        ) % {"most": _grouped(MOST_LINES), "n": _grouped(lines)}
    if "*" in words and (stars := stars_in(words)) > MOST_PHRASES_WITH_STARS:
        return gettext(
            "%(n)s lines of several words have a *: the limit is %(most)s."
            " Remove the * from some, or move them to another rule."
        ) % {"most": MOST_PHRASES_WITH_STARS, "n": _grouped(stars)}
    return ""


def _grouped(number: int) -> str:
    return number_format(number, force_grouping=True)


def _no_room(room: int) -> str:
    return gettext(
        "The lists of all active rules can have %(most)s lines together. There is room for %(n)s "
        "more:"
        " shorten this list, or turn off another rule."
    ) % {"most": _grouped(MOST_LINES_IN_USE), "n": _grouped(room)}


# The labels of the checks that have an N, with the number in its place.
NUMBERED: dict[str, Any] = {
    Rule.Check.LINKS: ngettext_lazy("has %(n)d link or more", "has %(n)d or more links", "n"),
    Rule.Check.NEW_ACCOUNT: ngettext_lazy(
        "author’s account is under %(n)d day old", "author’s account is under %(n)d days old", "n"
    ),
    Rule.Check.SPEED: ngettext_lazy(
        "is one of %(n)d or more by its author within 10 minutes",
        "is one of %(n)d or more by its author within 10 minutes",
        "n",
    ),
    Rule.Check.CAPITALS: ngettext_lazy(
        "has %(n)d capital letter or more, and mostly capitals",
        "has %(n)d or more capital letters, and mostly capitals",
        "n",
    ),
    Rule.Check.SPAM: ngettext_lazy(
        "has a spam score of %(n)d per cent or more",
        "has a spam score of %(n)d per cent or more",
        "n",
    ),
}


def _in_words(condition: Condition) -> str:
    kind = condition.check_kind
    if kind in NUMBERED and condition.number is not None:
        return str(NUMBERED[kind] % {"n": condition.number})
    check = str(Rule.Check(kind).label)
    listed = _listed(condition.words) if kind in NEEDS_WORDS else ""
    return f"{check} ({listed})" if listed else check


def _listed(words: str) -> str:
    lines = words.splitlines()
    more = (
        [gettext("and %(n)d more") % {"n": len(lines) - SHOWN_OF_LIST}]
        if len(lines) > SHOWN_OF_LIST
        else []
    )
    return ", ".join([*lines[:SHOWN_OF_LIST], *more])
