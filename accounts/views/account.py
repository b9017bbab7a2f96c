from typing import Any, cast

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from accounts.models import User
from accounts.profiles import picture_of
from accounts.responses import page
from accounts.second_factor import must_have_factor
from mail.models import Suppression


@never_cache
@login_required
def account(request: HttpRequest) -> HttpResponse:
    person = cast(User, request.user)
    suppression = Suppression.objects.of(person.email)
    context = {
        "picture": picture_of(person),
        "suppression": suppression,
        "recovery": person.recoveries.waiting().first(),
    }
    return render(request, "account/account.html", context)


@never_cache
@login_required
def second_factors(request: HttpRequest) -> HttpResponse:
    person: Any = request.user
    kinds: dict[str, list[Authenticator]] = {}
    for each in Authenticator.objects.filter(user=person).order_by("created_at", "pk"):
        kinds.setdefault(each.type, []).append(each)
    app, codes = (
        next(iter(kinds.get(kind, [])), None)
        for kind in (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)
    )
    context: dict[str, Any] = {
        "passkeys": kinds.get(Authenticator.Type.WEBAUTHN, []),
        "app": app,
        "codes_left": codes and _codes_left(codes),
        "is_required": must_have_factor(person),
    }
    return page(request, "mfa/index.html", **context)


def _codes_left(codes: Authenticator) -> int:
    """Count without reading them: they cannot be read after the site's key has changed."""
    used: int = codes.data["used_mask"]
    return int(app_settings.RECOVERY_CODE_COUNT) - used.bit_count()
