from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.fresh import is_fresh
from accounts.models import User
from privacy.models import Export
from privacy.requests import request_export


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def export_data(request: HttpRequest) -> HttpResponse:
    """Show how far the export of one's data is, and start one."""
    person = cast(User, request.user)
    if request.method == "POST":
        if request_export(person) is None:
            messages.info(request, _("You can download your data once a day."))
        return redirect("account_export")
    context = {"export": Export.objects.of(person), "is_fresh": is_fresh(request)}
    return render(request, "privacy/export.html", context)


@never_cache
@login_required
@require_safe
def download(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Send the file to its owner after a fresh proof. Anybody else learns no more than of one that
    has expired.
    """
    if not is_fresh(request):  # the page comes after the proof: a download would leave it there
        return redirect_to_login(reverse("account_export"), reverse("account_reauthenticate"))
    person = cast(User, request.user)
    export = Export.objects.filter(pk=pk, person=person).first()
    if export is None or not export.is_ready:
        messages.info(request, _("This download has expired. Request a new one."))
        return redirect("account_export")
    name = f"{slugify(person.username) or 'data'}-{export.requested_at:%Y-%m-%d}.zip"
    response = FileResponse(
        export.path.open("rb"), as_attachment=True, filename=name, content_type="application/zip"
    )
    response["Content-Encoding"] = "identity"  # it is compressed already
    return response
