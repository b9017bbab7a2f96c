from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.limits import Limited, count_change, count_preview
from accounts.links import Purpose, person_and_thing
from database.keyset import parse_number
from forum.discussion.comment_page import comment_page
from forum.discussion.csrf import csrf_or_same_origin
from forum.discussion.draft_cookie import holder_of, token_in
from forum.discussion.load import comment_at, discussion_at
from forum.discussion.location import url_in_discussion
from forum.discussion.models.about import about_fields_of
from forum.discussion.models.comment import Comment
from forum.discussion.models.draft import Draft
from forum.discussion.new_comments import newest_in
from forum.discussion.quotation import quotation
from forum.discussion.reading import chosen_sorting
from forum.discussion.rendering.body import render_body
from forum.discussion.rendering.references import References
from forum.people.network import network_digest
from forum.posting import edit, post
from forum.posting.forms import CommentForm
from forum.posting.refusals import Refusal
from forum.posting.views.composer import composer, interrupted, led_to_the_composer, retry_after
from forum.posting.views.held import held
from forum.posting.views.posted import published
from forum.posting.views.stash import stash
from pagecache.decorators import cache_depends_on, cache_page


@led_to_the_composer
@csrf_or_same_origin
def post_comment(request: HttpRequest, slug: str) -> HttpResponse:
    discussion = discussion_at(request, slug)
    form = CommentForm(request.POST, discussion=discussion, person=request.user)
    if not form.is_valid():
        return composer(request, form, status=422)
    if not request.user.is_authenticated:
        return stash(request, form)
    try:
        comment = post.post_comment(
            discussion, by=request.user, network=network_digest(request), **form.comment_fields()
        )
    except Refusal as refusal:
        return interrupted(request, form, refusal)
    Draft.objects.became(comment, holder=holder_of(token_in(request)))
    return published(request, comment, seen=parse_number(form.cleaned_data["seen"]))


@led_to_the_composer
@csrf_or_same_origin
def preview_comment(request: HttpRequest, slug: str) -> HttpResponse:
    form = CommentForm(request.POST, discussion=discussion_at(request, slug), person=request.user)
    if not form.is_valid():
        return composer(request, form, status=422)
    try:
        count_preview(request)
    except Limited as limited:
        form.add_error("body", limited)
        return retry_after(limited, composer(request, form, status=429))
    html = render_body(form.cleaned_data["body"]).html
    return composer(request, form, preview=References([html]).fill(html))


@cache_page("after")
@require_safe
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    found = comment_at(request, pk)
    cache_depends_on(request, found.discussion.article)
    if found.readable_while_held(request.user):
        return held(request, found)
    page = comment_page(
        found, after=parse_number(request.GET.get("after")) or 0, person=request.user
    )
    is_gone = not found.is_shown and not any(row.comment.is_published for row in page.rows)
    context = {
        "page": page,
        "comment": found,
        "article": found.discussion.article,
        "url_in_discussion": url_in_discussion(found, chosen=None),
    }
    if is_gone:
        context["may_undelete"] = found.undeletable_by(request.user)
        return render(request, "forum/discussion/comment_gone.html", context, status=410)
    return render(request, "forum/discussion/comment.html", context)


@require_safe
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    parent = comment_at(request, pk)
    if not parent.is_published or not parent.discussion.is_open:
        return redirect(parent)
    parent.discussion.newest = newest_in(parent.discussion)
    form = CommentForm.blank(discussion=parent.discussion, person=request.user, parent=parent)
    form.initial["email"] = _address_in_link(request, parent)
    quotes = "quote" in request.GET
    if quotes:
        form.initial["body"] = quotation(parent.body)
    response = composer(request, form, parent=parent, quotes=quotes)
    if form.initial["email"]:
        add_never_cache_headers(response)
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete_comment(request: HttpRequest, pk: int) -> HttpResponse:
    found = comment_at(request, pk)
    if not found.deletable_by(request.user):
        raise PermissionDenied(gettext_lazy("Only the author can delete a comment."))
    if request.method != "POST":
        return render(
            request,
            "forum/posting/delete.html",
            {"comment": found, "article": found.discussion.article},
        )
    try:
        count_change(request)
    except Limited as limited:
        return retry_after(limited, render(request, "429.html", status=429))
    if edit.delete_comment(found):
        if "undo" in request.POST:
            _give_back_text(request, found)
        messages.success(
            request,
            render_to_string("forum/posting/notice_deleted.html", {"comment": found}, request),
        )
    return redirect(found.discussion)


@login_required
@require_POST
def undelete_comment(request: HttpRequest, pk: int) -> HttpResponse:
    found = comment_at(request, pk)
    try:
        count_change(request)
    except Limited as limited:
        return retry_after(limited, render(request, "429.html", status=429))
    if not found.undeletable_by(request.user) or not edit.undelete_comment(found):
        raise PermissionDenied(gettext_lazy("This comment can no longer be restored."))
    messages.success(request, _("Your comment is restored."))
    return redirect(url_in_discussion(found, chosen=chosen_sorting(request)))


def _address_in_link(request: HttpRequest, comment: Comment) -> str:
    """Return the address of the person whose email linked here, so that they need not type it."""
    token = request.GET.get("link", "")
    person, thing = person_and_thing(Purpose.REPLY, token) or (None, None)
    return person.email if person and thing == [comment.pk] else ""


def _give_back_text(request: HttpRequest, comment: Comment) -> None:
    """Save the text as a draft: an author who takes a comment back at once wants to write it
    better.
    """
    Draft.objects.stash(
        holder="",
        person=request.user,
        key=str(uuid4()),
        article=comment.discussion.article,
        parent=comment.parent,
        body=comment.body,
        **about_fields_of(comment),
    )
