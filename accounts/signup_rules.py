"""Rules for new accounts, as the desk has set them (publication.models)."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from publication.current import current
from publication.models import Signup

CLOSED = {
    Signup.INVITED: _(
        "New accounts are by invitation only. If you have an invitation, open the link in it."
    ),
    Signup.NOBODY: _("This site accepts no new accounts."),
}


def closed_sign_up() -> str:
    """Return why nobody may sign up without an invitation; "" where anybody may."""
    return str(CLOSED.get(Signup(current().row.signup), ""))


def demand_sign_up(email: str) -> None:
    """Raise ValidationError where the owner of this address may not create an account."""
    if reason := closed_sign_up():
        raise ValidationError(reason, "sign_up_closed")
    demand_domain(email)


def demand_domain(email: str) -> None:
    """Raise ValidationError for an address of a refused domain, or of one below it."""
    labels = email.rpartition("@")[2].lower().split(".")
    domains = {".".join(labels[start:]) for start in range(len(labels))}
    if refused := domains & current().row.domains:
        message = _("This site accepts no new accounts with addresses at %(domain)s.")
        raise ValidationError(message, "domain", {"domain": min(refused)})
