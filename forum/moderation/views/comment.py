from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from forum.discussion.load import comment_at
from forum.discussion.location import url_in_discussion
from forum.discussion.models.comment import Comment
from forum.discussion.reading import chosen_sorting
from forum.moderation import comment_actions
from forum.moderation.models.split import TooLarge
from forum.moderation.permissions import for_moderators, moderator
from forum.moderation.tool_forms import CommentToolsForm
from forum.moderation.undo import can_be_undone
from forum.people.scope import ModeratorScope, demand_decision


@require_http_methods(["GET", "HEAD", "POST"])
@for_moderators
def moderate(request: HttpRequest, pk: int, *, scope: ModeratorScope) -> HttpResponse:
    found = comment_at(request, pk)
    is_own = found.author_id == moderator(request).pk
    if not is_own or request.method == "POST":
        demand_decision("remove", moderator(request), comment=found)
    form = CommentToolsForm(request.POST if request.method == "POST" else None, comment=found)
    if request.method == "POST" and form.is_valid() and _done(request, form, found):
        found = Comment.objects.select_related("root", "discussion__article").get(pk=pk)
        return redirect(url_in_discussion(found, chosen=chosen_sorting(request)))
    context = {
        "form": form,
        "comment": found,
        "article": found.discussion.article,
        "is_own": is_own,
    }
    return render(
        request, "forum/moderation/comment.html", context, status=422 if form.errors else 200
    )


def _done(request: HttpRequest, form: CommentToolsForm, comment: Comment) -> bool:
    details = {"name": form.cleaned_data["decision"], **form.cleaned_data}
    try:
        line = comment_actions.perform(comment, by=moderator(request), **details)
    except TooLarge:
        form.add_error("decision", _("It has too many replies to be moved at once."))
        return False
    if line and can_be_undone(line):
        messages.success(
            request, render_to_string("forum/moderation/notice.html", {"lines": [line]}, request)
        )
    elif line:
        messages.success(request, _("Done, and recorded in the log."))
    else:
        messages.warning(request, _("Nothing was changed: somebody else decided first."))
    return True
