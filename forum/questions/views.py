from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from database.keyset import parse_number
from forum.discussion.csrf import View
from forum.discussion.models.comment import Comment
from forum.moderation.permissions import moderator
from forum.questions.queries import asked_page


def for_editors(view: View) -> View:
    return login_required(
        permission_required("articles.change_article", raise_exception=True)(view)
    )


@require_safe
@for_editors
def questions(request: HttpRequest) -> HttpResponse:
    return _asked(request, Comment.Kind.QUESTION)


@require_safe
@for_editors
def corrections(request: HttpRequest) -> HttpResponse:
    return _asked(request, Comment.Kind.CORRECTION)


@require_POST
@for_editors
def settled(request: HttpRequest, pk: int) -> HttpResponse:
    comment = get_object_or_404(Comment, pk=pk, kind__isnull=False)
    if request.POST.get("settled") == "no":
        comment.reopen(by=moderator(request))
        messages.success(request, _("Reopened."))
    else:
        comment.resolve(by=moderator(request))
        messages.success(request, _("Marked as done."))
    return redirect("questions" if comment.kind == Comment.Kind.QUESTION else "corrections")


def _asked(request: HttpRequest, kind: str) -> HttpResponse:
    is_resolved = request.GET.get("settled") == "yes"
    page = asked_page(kind, is_resolved=is_resolved, after=parse_number(request.GET.get("after")))
    return render(request, "forum/questions/reader_questions.html", {"page": page})
