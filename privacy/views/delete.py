"""Leave in three presses: the link on the account page, the choice, and the confirmation."""

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.administrators import LastAdministrator
from accounts.fresh import fresh_proof_required
from accounts.leaving import deletion_in_words
from accounts.models import User
from accounts.responses import page
from forum.discussion.models.comment import Comment
from privacy.forms import KEEP, DeletionForm
from privacy.models.deletion import GRACE
from privacy.requests import is_last_administrator, request_deletion


@never_cache
@login_required
@fresh_proof_required("GET", "HEAD", "POST")
@require_http_methods(["GET", "HEAD", "POST"])
def delete_account(request: HttpRequest) -> HttpResponse:
    """Ask what should happen to the comments, show what will happen, and do it."""
    person = cast(User, request.user)
    if is_last_administrator(person):
        return render(request, "privacy/delete_refused.html", {"refused": LastAdministrator()})
    form = DeletionForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return page(request, "privacy/delete.html", form, grace=GRACE)
    keeps_comments = form.cleaned_data["comments"] == KEEP
    if "confirm" in request.POST:
        return _delete(request, person, keeps_comments=keeps_comments)
    return page(
        request,
        "privacy/delete_confirm.html",
        form,
        keeps_comments=keeps_comments,
        comment_count=Comment.objects.filter(author=person, status="published").count(),
        due_at=timezone.now() + GRACE,
    )


def _delete(request: HttpRequest, person: User, *, keeps_comments: bool) -> HttpResponse:
    deletion = request_deletion(person, keeps_comments=keeps_comments)
    logout(request)
    messages.success(request, deletion_in_words(deletion))
    response = redirect("home")
    response["Clear-Site-Data"] = '"cache"'
    response.delete_cookie(settings.DRAFT_COOKIE_NAME, samesite="Lax")
    return response
