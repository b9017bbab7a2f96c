from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from forum.models import Moderator
from forum.moderation_forms import DiscussionToolsForm
from forum.views.address import discussion_at


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def moderate_discussion(request: HttpRequest, slug: str) -> HttpResponse:
    found = discussion_at(request, slug)
    if not Moderator.objects.may(request.user, found.article.topic_id):
        raise PermissionDenied(lazy("Only moderators of this discussion can do this."))
    form = DiscussionToolsForm(request.POST if request.method == "POST" else None, discussion=found)
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "discussion": found, "article": found.article}
        return render(request, "moderation/discussion.html", context, status=422 if form.errors else 200)
    if form.apply(by=request.user):
        messages.success(request, _("Done, and recorded in the log."))
    else:
        messages.info(request, _("Nothing was changed."))
    return redirect(f"{found.article.get_absolute_url()}#discussion")
