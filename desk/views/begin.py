"""The first page for the administrator of a new site."""

from django.conf import settings
from django.contrib import messages
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import limits
from accounts.rights import demand_account
from desk.access import for_desk
from desk.forms.site import NameForm
from forum.maintenance.models import Sample
from forum.maintenance.samples import remove_sample
from forum.moderation.permissions import moderator
from publication.current import current
from publication.writing import save_settings, saved_settings


@require_http_methods(["GET", "HEAD", "POST"])
@for_desk
def begin(request: HttpRequest) -> HttpResponse:
    """Name the site, remove the samples, try the email; each by its own button."""
    demand_account("change_site", request.user)
    act = request.POST.get("act")
    if act in ACTS:
        return ACTS[act](request)
    return _page(request, NameForm(initial={"name": current().row.name}))


def _page(request: HttpRequest, form: NameForm) -> HttpResponse:
    context = {
        "form": form,
        "has_sample": Sample.objects.exists(),
        "mail_server": settings.EMAIL_HOST,
        "outbox": settings.OUTBOX_DIR,
    }
    return render(request, "desk/begin.html", context, status=422 if form.errors else 200)


def _name(request: HttpRequest) -> HttpResponse:
    form = NameForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    row = saved_settings()
    row.name = form.cleaned_data["name"]
    save_settings(row)
    messages.success(request, _("The site is named %(name)s.") % {"name": row.name})
    return redirect("desk_begin")


def _remove_sample(request: HttpRequest) -> HttpResponse:
    remove_sample(by=moderator(request))
    messages.success(request, _("The sample articles are removed."))
    return redirect("desk_begin")


def _send_test(request: HttpRequest) -> HttpResponse:
    email = request.user.email  # type: ignore[union-attr]
    try:
        limits.count_mail(request, email)
    except limits.Limited as limited:
        messages.error(request, limited.message)
        return redirect("desk_begin")
    subject = _("Test email from %(name)s") % {"name": current().name}
    body = _("%(site)s can send email to this address.") % {"site": settings.SITE_URL}
    EmailMessage(subject, body, to=[email]).send()
    messages.success(request, _("A test email to %(email)s is on its way.") % {"email": email})
    return redirect("desk_begin")


def _finish(request: HttpRequest) -> HttpResponse:
    """Show the page no more after signing in."""
    row = saved_settings()
    row.is_begun = True
    save_settings(row)
    return redirect("desk")


ACTS = {"name": _name, "sample": _remove_sample, "email": _send_test, "finish": _finish}
