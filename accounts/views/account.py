from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from accounts.models import User
from accounts.profiles import picture_of


@never_cache
@login_required
def account(request: HttpRequest) -> HttpResponse:
    picture = picture_of(cast(User, request.user))
    return render(request, "account/account.html", {"picture": picture})
