from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.limits import Limited, count_report
from database.keyset import parse_number
from forum.discussion.csrf import csrf_or_same_origin
from forum.discussion.load import comment_at
from forum.discussion.models.comment import Comment
from forum.flags.forms import FlagForm
from forum.flags.listing import own_flags
from forum.flags.models.flag import Flag
from forum.posting.refusals import Act, Refusal
from forum.votes.admission import admit


@never_cache
@csrf_or_same_origin
@require_http_methods(["GET", "HEAD", "POST"])
def flag(request: HttpRequest, pk: int) -> HttpResponse:
    comment = comment_at(request, pk)
    made = Flag.objects.of(comment, request.user)
    url = f"{settings.SITE_URL}{comment.get_absolute_url()}"
    form = FlagForm(
        request.POST if request.method == "POST" else None,
        person=request.user,
        url=url,
        made=made,
    )
    try:
        if made is None or form.is_bound:
            admit(comment=comment, by=request.user)
        if form.is_bound:
            return _sent(request, comment, form)
    except Refusal as refusal:
        return _refused(request, comment, refusal)
    return _made(request, comment, made, form) if made else _asked(request, comment, form)


@never_cache
@login_required
@require_safe
def flags(request: HttpRequest) -> HttpResponse:
    found, next_cursor = own_flags(request.user, after=parse_number(request.GET.get("after")))
    return render(request, "forum/flags/flags.html", {"flags": found, "next_cursor": next_cursor})


def _sent(request: HttpRequest, comment: Comment, form: FlagForm) -> HttpResponse:
    if not form.is_valid():
        return _asked(request, comment, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if form.is_disagreement:
        return _page(request, "forum/flags/flag_disagreement.html", comment)
    try:
        _count(request, form)
    except Limited:
        return _asked(request, comment, form, status=HTTPStatus.TOO_MANY_REQUESTS)
    made = Flag.objects.make(comment=comment, by=request.user, **form.report_fields())
    if request.user.is_authenticated:
        return redirect("flag", comment.pk)
    return _made(request, comment, made, form)


def _count(request: HttpRequest, form: FlagForm) -> None:
    """Count the report against the limits.

    The answer's email is counted when it is sent: a report must not use up the sign-in emails
    of its address.
    """
    try:
        count_report(request)
    except Limited as limited:
        form.add_error(None, limited)
        raise


def _asked(
    request: HttpRequest, comment: Comment, form: FlagForm, *, status: int = 200
) -> HttpResponse:
    return _page(request, "forum/flags/flag.html", comment, form=form, status=status)


def _made(request: HttpRequest, comment: Comment, made: Flag, form: FlagForm) -> HttpResponse:
    """Show the flag, its reference and what happens next, with a form while it can be changed."""
    may_change = made.person_id is not None and not made.decided_at and comment.is_published
    return _page(
        request, "forum/flags/flag_made.html", comment, flag=made, form=form if may_change else None
    )


def _refused(request: HttpRequest, comment: Comment, refusal: Refusal) -> HttpResponse:
    context = {"title": _("This comment cannot be reported"), "message": refusal.message(Act.FLAG)}
    return _page(request, "forum/refused.html", comment, status=refusal.status(Act.FLAG), **context)


def _page(
    request: HttpRequest, template: str, comment: Comment, *, status: int = 200, **context: Any
) -> HttpResponse:
    context |= {"comment": comment, "article": comment.discussion.article}
    return render(request, template, context, status=status)
