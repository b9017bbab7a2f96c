from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.limits import Limited, count_picture
from accounts.models import User
from accounts.profile_form import ProfileForm
from accounts.profiles import picture_of
from accounts.responses import page
from forum.people.models.sanction import Sanction


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_profile(request: HttpRequest) -> HttpResponse:
    person = cast(User, request.user)
    sanction = Sanction.objects.of(person)
    form = _form(request, person, may_write=sanction is None)
    if form.is_bound and form.is_valid() and form.save():
        messages.success(request, _("Your profile is saved."))
        return HttpResponseRedirect(reverse("account_profile"), status=303)
    picture = picture_of(person)
    return page(request, "account/profile.html", form, picture=picture, sanction=sanction)


def _form(request: HttpRequest, person: User, *, may_write: bool) -> ProfileForm:
    if request.method != "POST":
        return ProfileForm(person, may_write=may_write)
    sent = {"data": request.POST, "files": request.FILES}
    if not (may_write and "picture" in request.FILES):
        return ProfileForm(person, may_write=may_write, **sent)
    try:
        count_picture(request)
    except Limited as limited:
        form = ProfileForm(person, may_write=may_write, data=request.POST)
        form.add_error("picture", limited)
        return form
    return ProfileForm(person, may_write=may_write, **sent)
