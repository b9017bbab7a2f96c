from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string

from forum.models import Comment
from forum.pages import place_of


def published(request: HttpRequest, comment: Comment) -> HttpResponse:
    """Leads to the comment where readers find it, and offers to take it back."""
    messages.success(request, render_to_string("forum/notice_published.html", {"comment": comment}, request))
    return redirect(place_of(comment))
