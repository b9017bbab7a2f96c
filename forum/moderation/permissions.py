"""Access to the pages of moderators."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from forum.people.scope import scope_of

NOT_A_MODERATOR = _("Only moderators see this page.")
NOT_THE_SITES = _("Only moderators of the whole site can decide about people.")


def for_moderators(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Pass the moderator's scope to the view as `scope`, and refuse everybody else."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        scope = scope_of(request.user)
        if scope is None:
            raise PermissionDenied(NOT_A_MODERATOR)
        return view(request, *args, scope=scope, **kwargs)

    return login_required(guarded)


def moderator(request: HttpRequest) -> User:
    """Return whom for_moderators() or the admin let in."""
    return cast(User, request.user)
