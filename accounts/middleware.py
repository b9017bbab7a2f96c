from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from accounts.second_factor import lacks_factor


class RequiredFactor:
    """Ends a session of somebody who must have a second factor and has none: it began before they
    had to. A session of somebody who has one was asked for it, or was there when it was set up.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (
            settings.SECOND_FACTOR_REQUIRED
            and request.user.is_authenticated
            and lacks_factor(request.user)
        ):
            logout(request)
            message = _("Your role on this site needs a second step now. Sign in to set it up.")
            messages.info(request, message)
        return self.get_response(request)
