from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from forum.discussion.load import discussion_at
from forum.moderation.permissions import moderator
from forum.moderation.tool_forms import DiscussionToolsForm
from forum.people.scope import demand_decision


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def moderate_discussion(request: HttpRequest, slug: str) -> HttpResponse:
    """Let moderators of the topic, and staff who may change discussions, close or slow it."""
    found = discussion_at(request, slug)
    demand_decision("close", request.user, discussion=found)
    form = DiscussionToolsForm(request.POST if request.method == "POST" else None, discussion=found)
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "discussion": found, "article": found.article}
        return render(
            request, "forum/moderation/discussion.html", context, status=422 if form.errors else 200
        )
    if form.apply(by=moderator(request)):
        messages.success(request, _("Done, and recorded in the log."))
    else:
        messages.info(request, _("Nothing was changed."))
    return redirect(f"{found.article.get_absolute_url()}#discussion")
