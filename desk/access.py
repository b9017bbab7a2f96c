"""Access to the pages of the desk."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from articles.rights import works_at_desk

NOT_AT_THE_DESK = _("Only writers and editors see this page.")

View = Callable[..., HttpResponse]


def for_desk(view: View) -> View:
    """Let writers and editors in, and refuse everybody else."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not works_at_desk(request.user):
            raise PermissionDenied(NOT_AT_THE_DESK)
        return view(request, *args, **kwargs)

    return login_required(guarded)
