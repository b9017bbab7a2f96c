from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from forum.cases.wait_time import usual_wait
from forum.discussion.models.comment import Comment
from forum.log.models.action import ModerationAction


def held(request: HttpRequest, comment: Comment) -> HttpResponse:
    """Show a held comment to its author and to moderators: why it is held, and for how long."""
    context = {
        "comment": comment,
        "article": comment.discussion.article,
        "held": comment.moderation_actions.filter(kind=ModerationAction.Kind.HOLD)
        .order_by("-pk")
        .first(),
        "wait": usual_wait(),
        "is_own": comment.author_id == request.user.pk,
    }
    response = render(request, "forum/posting/held.html", context)
    response["Cache-Control"] = "private, no-store"
    return response
