from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.loader import render_to_string

from forum.discussion.location import url_in_discussion
from forum.discussion.models.comment import Comment
from forum.discussion.new_comments import NEWER_PER_PAGE, count_between
from forum.discussion.reading import chosen_sorting


def published(request: HttpRequest, comment: Comment, *, seen: int | None = None) -> HttpResponse:
    """Redirect to the comment, with a notice that offers to delete it and counts what came in
    between.

    A held comment has a page of its own instead.
    """
    if comment.is_held:
        return HttpResponseRedirect(comment.get_absolute_url(), status=HTTPStatus.SEE_OTHER)
    between = 0 if seen is None else count_between(comment, seen=seen)
    notice = {"comment": comment, "seen": seen, "between": between, "most": NEWER_PER_PAGE}
    messages.success(
        request, render_to_string("forum/posting/notice_published.html", notice, request)
    )
    return redirect(url_in_discussion(comment, chosen=chosen_sorting(request)))
