"""The site's own settings and pages, for administrators."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.responses import status_of
from accounts.rights import demand_account
from desk.access import for_desk
from desk.forms.site import PageForm, SiteForm
from publication.current import current
from publication.models import PageName, PageVersion
from publication.writing import publish_page, save_settings, saved_settings


@require_http_methods(["GET", "HEAD", "POST"])
@for_desk
def site(request: HttpRequest) -> HttpResponse:
    demand_account("change_site", request.user)
    form = SiteForm(request.POST or None, instance=saved_settings())
    if form.is_valid():
        save_settings(form.instance)
        messages.success(request, _("The settings are saved."))
        return redirect("desk_site")
    published = current().pages
    pages = [(name.value, name.label, published.get(name)) for name in PageName]
    context = {"form": form, "pages": pages}
    return render(request, "desk/site.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@for_desk
def page(request: HttpRequest, name: str) -> HttpResponse:
    """Write and publish a page about the site."""
    demand_account("change_site", request.user)
    if name not in PageName:
        raise Http404
    newest = PageVersion.objects.filter(name=name).first()
    form = PageForm(request.POST or None, initial={"text": newest.text if newest else ""})
    if form.is_valid():
        version = publish_page(name, form.cleaned_data["text"].replace("\r\n", "\n"))
        said = _("%(page)s: version %(number)d is published.")
        messages.success(request, said % {"page": PageName(name).label, "number": version.number})
        return redirect("desk_site")
    context = {"form": form, "label": PageName(name).label, "newest": newest}
    return render(request, "desk/site_page.html", context, status=status_of(form))
