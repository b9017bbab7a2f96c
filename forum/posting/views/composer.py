"""Show the page on which a comment is written: a reply, a preview, or a text that was refused."""

from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import http_date

from accounts.limits import Limited
from forum.discussion.csrf import View
from forum.discussion.models.comment import Comment
from forum.discussion.models.draft import Draft
from forum.people.models.sanction import Sanction
from forum.posting.forms import CommentForm
from forum.posting.refusals import Act, Refusal, TooFast


def led_to_the_composer(view: View) -> View:
    """Redirect requests without a form to the composer: people open the address of a form after
    signing in there.
    """

    @wraps(view)
    def answered(request: HttpRequest, slug: str) -> HttpResponse:
        if request.method == "POST":
            return view(request, slug)
        return redirect(f"{reverse('article', args=[slug])}#compose")

    return answered


def composer(
    request: HttpRequest,
    form: CommentForm,
    *,
    parent: Comment | None = None,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    if parent is None and form.is_bound:
        parent = form.cleaned_data.get("parent")
    person = request.user
    page = {
        "form": form,
        "discussion": form.discussion,
        "article": form.discussion.article,
        "parent": parent,
        "sanction": Sanction.objects.of(person) if person.is_authenticated else None,
        **context,
    }
    return render(request, "forum/posting/compose.html", page, status=status)


def interrupted(request: HttpRequest, form: CommentForm, refusal: Refusal) -> HttpResponse:
    """Save the text as a draft and show why it was refused."""
    article = form.discussion.article
    Draft.objects.stash(holder="", person=request.user, article=article, **form.comment_fields())
    return refused(request, form, refusal)


def refused(request: HttpRequest, form: CommentForm, refusal: Refusal) -> HttpResponse:
    kind = type(refusal).__name__
    response = composer(
        request, form, refusal=refusal, refused=kind, status=refusal.status(Act.WRITE)
    )
    if isinstance(refusal, TooFast):
        response["Retry-After"] = http_date(refusal.until.timestamp())
    return response


def retry_after(limited: Limited, response: HttpResponse) -> HttpResponse:
    response["Retry-After"] = http_date(limited.until.timestamp())
    return response
