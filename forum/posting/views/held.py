from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from forum.cases.wait_time import usual_wait
from forum.discussion.models.comment import Comment
from forum.log.models.action import ModerationAction


def held(request: HttpRequest, comment: Comment) -> HttpResponse:
    """A comment that waits for a moderator, for its author and for
    those who decide: why it waits, and how long.
    """
    context = {
        "comment": comment,
        "article": comment.discussion.article,
        "held": comment.moderation_actions.filter(kind=ModerationAction.Kind.HOLD)
        .order_by("-pk")
        .first(),
        "wait": usual_wait(),
        "is_own": comment.author_id == request.user.pk,
    }
    response = render(request, "forum/held.html", context)
    response["Cache-Control"] = "private, no-store"
    return response
