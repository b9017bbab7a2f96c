from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.letter_status import status_of
from accounts.login import pending_step
from accounts.models import Proof
from accounts.proofs import Purpose
from forum.discussion.draft_cookie import holder_of, is_just_written, token_in
from forum.discussion.models.comment import Comment
from forum.discussion.models.draft import Draft
from forum.posting.forms import AddressForm, CodeForm
from forum.posting.refusals import DiscussionClosed
from forum.posting.views.after_sign_in import form_of
from forum.posting.views.composer import composer, refused
from forum.posting.views.draft_sign_in import sign_in
from forum.posting.views.stash import send_code


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the page on which the text of a draft are posted, after signing in if needed."""
    related = Draft.objects.select_related("article", "parent__author", "comment", "passage")
    draft = get_object_or_404(related.alive(), pk=pk)
    if draft.comment:
        return _redirect_to_comment(request, draft, draft.comment)
    link = request.POST.get("link") or request.GET.get("link", "")
    proof = draft.proof_by_link(link)
    if not proof and not _is_theirs(request, draft):
        return _locked(request, draft, link)
    if "written" in request.GET and request.method != "POST":
        return redirect(draft)
    if request.user.is_authenticated:
        return _continue_writing(request, draft)
    return _finish(request, draft, proof)


@require_POST
def draft_code(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Email another code, to another address if the holder of the draft gives one."""
    draft = get_object_or_404(Draft.objects.alive().filter(comment=None), pk=pk)
    had_code = bool(draft.email)
    if _is_theirs(request, draft):
        form = AddressForm(request.POST)
        if not form.is_valid():
            context = {"draft": draft, "form": CodeForm(planted=False), "address": form}
            return render(request, "forum/posting/draft.html", context, status=422)
        draft.change(email=form.cleaned_data["email"])
    if send_code(request, draft) and had_code:
        messages.success(request, _("We sent a new code. Earlier codes no longer work."))
    name = request.POST.get("username", "")[:80]
    query = f"?{urlencode({'username': name})}" if name else ""
    return redirect(f"{draft.get_absolute_url()}{query}")


@require_POST
def draft_discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    draft = get_object_or_404(Draft.objects.select_related("article"), pk=pk)
    if _is_theirs(request, draft):
        draft.discard()
        notice = render_to_string("forum/posting/notice_discarded.html", {"draft": draft}, request)
        messages.success(request, notice)
    return redirect(draft.article)


@require_POST
def draft_undiscard(request: HttpRequest, pk: UUID) -> HttpResponse:
    draft = get_object_or_404(Draft.objects.filter(comment=None), pk=pk)
    if _is_theirs(request, draft):
        draft.change(discarded_at=None)
        messages.success(request, _("Your draft is restored."))
    return redirect(draft)


# --- The writer ---


def _is_theirs(request: HttpRequest, draft: Draft) -> bool:
    drafts = Draft.objects.of(holder=holder_of(token_in(request)), person=request.user)
    return drafts.filter(pk=draft.pk).exists()


def _is_written_here(request: HttpRequest, draft: Draft) -> bool:
    return draft.is_written_by(holder=holder_of(token_in(request)), person=request.user)


def _locked(request: HttpRequest, draft: Draft, link: str) -> HttpResponse:
    """Say where the draft can be opened, or show it to a browser
    without cookies in which it was typed just now.
    """
    if is_just_written(request.GET.get("written", ""), draft.pk):
        return composer(request, form_of(request, draft), no_cookies=True)
    context = {"draft": draft, "link": link}
    if link:
        context["why"] = Proof.objects.closed_link(link, Purpose.DRAFT)
    return render(request, "forum/posting/draft_locked.html", context, status=403)


def _redirect_to_comment(request: HttpRequest, draft: Draft, comment: Comment) -> HttpResponse:
    """Redirect to the posted comment, with a notice in the browser in which it was typed but
    not posted: nobody is signed in there.
    """
    if not request.user.is_authenticated and _is_written_here(request, draft):
        notice = render_to_string("forum/posting/notice_posted.html", {"draft": draft}, request)
        messages.info(request, notice)
    return redirect(comment)


# --- Posting ---


def _finish(request: HttpRequest, draft: Draft, proof: Proof | None) -> HttpResponse:
    """Ask a signed-out writer for the code or the password, and post the draft with it."""
    step = pending_step(request, draft.get_absolute_url())
    if step and request.method != "POST":
        return step
    planted = not _is_written_here(request, draft)
    data = request.POST if request.method == "POST" else None
    form = CodeForm(data, planted=planted, initial={"username": request.GET.get("username", "")})
    if data is not None and form.is_valid():
        response = sign_in(request, draft, form, proof)
        if response:
            return response
    context = {
        "draft": draft,
        "form": form,
        "link": proof.token if proof else "",
        "address": AddressForm(initial={"email": draft.email}),
        "letter": status_of(draft.proof),
    }
    return render(request, "forum/posting/draft.html", context, status=422 if form.errors else 200)


def _continue_writing(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Show the text to somebody who has signed in meanwhile, ready to be posted."""
    if not _is_written_here(request, draft):
        if "mine" not in request.POST:
            status = 422 if request.method == "POST" else 200
            return render(
                request, "forum/posting/draft_planted.html", {"draft": draft}, status=status
            )
        draft.adopt(request.user)  # type: ignore[arg-type]  # signed in
        return redirect(draft)
    form = form_of(request, draft)
    if not form.discussion.is_open:
        return refused(request, form, DiscussionClosed())
    parent = None if draft.answers_somebody_gone else draft.parent
    return composer(request, form, parent=parent, draft=draft)
