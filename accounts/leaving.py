"""Accounts whose owner asked to delete them (privacy.Deletion): signing in keeps them."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.device import person_of

if TYPE_CHECKING:
    from accounts.models import User

View = Callable[..., HttpResponse]


def keep_account(person: "User") -> bool:
    """Undo the deletion that the person asked for. Return False if there was none."""
    deletion = getattr(person, "deletion", None)
    return deletion is not None and deletion.withdraw()


def told_that_it_is_kept(request: HttpRequest, person: "User") -> None:
    """Keep the account of somebody who signs in, and say so."""
    if keep_account(person):
        messages.success(request, _("Welcome back. Your account will not be deleted."))


def told_of_deletion(view: View) -> View:
    """Say on the sign-in page that signing in keeps the account that was used in this browser."""

    @wraps(view)
    def told(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "GET" and not request.user.is_authenticated:
            deletion = getattr(person_of(request), "deletion", None)
            if deletion and not deletion.began_at:
                messages.info(request, deletion_in_words(deletion))
        return view(request, *args, **kwargs)

    return told


def deletion_in_words(deletion: Any) -> str:
    day = date_format(timezone.localtime(deletion.due_at), "DATE_FORMAT")
    return _("We will delete your account on %(day)s. Sign in before then to keep it.") % {
        "day": day
    }
