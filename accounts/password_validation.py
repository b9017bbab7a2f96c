from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.second_factor import has_factor
from publication.current import current
from text.passwords import ALONE, BESIDE_FACTOR, Demand, Weakness, weakness_of

MESSAGES = {
    Weakness.SHORT: _("This password is too short. Use at least %(min)d characters."),
    Weakness.REPEATED: _(
        "This password is easy to guess because it repeats itself. Use three or four random words."
    ),
    Weakness.SEQUENCE: _(
        "This password is easy to guess because it follows the alphabet or the keyboard."
        " Use three or four random words."
    ),
    Weakness.PERSONAL: _(
        "This password contains your name, your address or the name of this site. Use three or "
        "four unrelated words."
    ),
    Weakness.COMMON: _("Many people use passwords like this one. Use three or four random words."),
}


class StrengthValidator:
    """Refuse what is guessed first: repetitions, rows of keys, common passwords, known names."""

    def __init__(self) -> None:
        self.common = CommonPasswordValidator()

    def validate(self, password: str, user: Any = None) -> None:
        demand = demand_on(user)
        weakness = weakness_of(password, _known(user), demand) or self._common(password)
        if weakness:
            length = {"min": demand.length}
            raise ValidationError(MESSAGES[weakness], f"password_{weakness}", length)

    def get_help_text(self) -> str:
        return password_hint()

    def _common(self, password: str) -> Weakness | None:
        try:
            self.common.validate(password)
        except ValidationError:
            return Weakness.COMMON
        return None


def demand_on(user: Any) -> Demand:
    """Return what a password of this person must be: it may be shorter beside a second factor."""
    return BESIDE_FACTOR if user is not None and has_factor(user) else ALONE


def password_hint(user: Any = None) -> str:
    text = _("%(min)d characters or more. Three or four random words work well.")
    return str(text) % {"min": demand_on(user).length}


def _known(user: Any) -> Iterator[str]:
    yield from (current().name, settings.SITE_HOST)
    if user is not None:
        yield from (str(user.username), str(user.email))
