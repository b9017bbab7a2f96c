"""Edit a comment, and compare its versions."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.limits import Limited, count_change
from database.keyset import parse_number
from forum.discussion.history import history_page
from forum.discussion.load import comment_at
from forum.discussion.location import url_in_discussion
from forum.discussion.models.comment import Comment
from forum.discussion.reading import chosen_sorting
from forum.posting import edit
from forum.posting.forms import EditForm
from forum.posting.refusals import AgainstARule
from forum.posting.views.composer import retry_after
from pagecache.decorators import cache_depends_on, cache_page
from text.diff import differences


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_comment(request: HttpRequest, pk: int) -> HttpResponse:
    found = comment_at(request, pk)
    form = EditForm(request.POST if request.method == "POST" else None, comment=found)
    if not found.editable_by(request.user):
        return _answer(request, "forum/posting/edit_refused.html", form, status=403)
    if request.method != "POST" or not form.is_valid():
        return _answer(request, "forum/posting/edit.html", form, status=422 if form.errors else 200)
    before, body = found.body, form.cleaned_data["body"]
    if body != before:
        try:
            count_change(request)
            if not form.began_from_what_is_there or not edit.edit_comment(found, body=body):
                return _too_late(request, form)
        except AgainstARule as refusal:
            form.add_error("body", gettext(refusal.rule.explanation))
            return _answer(request, "forum/posting/edit.html", form, status=422)
        except Limited as limited:
            form.add_error("body", limited)
            return retry_after(
                limited, _answer(request, "forum/posting/edit.html", form, status=429)
            )
        if found.is_held:
            return redirect(found)
        notice = {"comment": found, "before": before}
        messages.success(
            request, render_to_string("forum/posting/notice_edited.html", notice, request)
        )
    return redirect(url_in_discussion(found, chosen=chosen_sorting(request)))


@cache_page("after")
@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    found = comment_at(request, pk)
    cache_depends_on(request, found.discussion.article)
    context = {"comment": found, "article": found.discussion.article}
    if not found.is_published:
        return render(request, "forum/discussion/comment_gone.html", context, status=410)
    page = history_page(found, after=parse_number(request.GET.get("after")))
    return render(request, "forum/discussion/history.html", {"page": page, **context})


def _too_late(request: HttpRequest, form: EditForm) -> HttpResponse:
    """Show the form again after an edit in another window, or say that the comment was
    taken away.
    """
    form.comment = Comment.objects.select_related("discussion__article").get(pk=form.comment.pk)
    if not form.comment.is_published:
        return _answer(request, "forum/posting/edit_refused.html", form, status=409)
    compared = differences(form.comment.body, form.cleaned_data["body"])
    return _answer(
        request, "forum/posting/edit.html", form.begun_anew(), status=409, compared=compared
    )


def _answer(
    request: HttpRequest, template: str, form: EditForm, *, status: int, **context: object
) -> HttpResponse:
    page = {
        "form": form,
        "comment": form.comment,
        "article": form.comment.discussion.article,
        **context,
    }
    return render(request, template, page, status=status)
