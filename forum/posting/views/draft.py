from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.challenges import check_code
from accounts.limits import Limited, count_draft, count_mail
from accounts.login import sign_in_by_password, sign_in_by_proof
from accounts.models import Proof, User
from accounts.recovery import begin_password_reset
from articles.models import Article
from forum.discussion.csrf import token_or_origin
from forum.discussion.draft_cookie import (
    holder_of,
    is_just_written,
    keep_token,
    new_token,
    token_in,
    written_mark,
)
from forum.discussion.models.comment import Comment
from forum.discussion.models.discussion import Discussion
from forum.discussion.models.draft import Draft
from forum.people.network import network_digest
from forum.posting.drafts import post_draft
from forum.posting.forms import AddressForm, CodeForm, CommentForm
from forum.posting.refusals import DiscussionClosed, Refusal
from forum.posting.views.composer import composer, led_to_the_composer, refused
from forum.posting.views.posted import published


def stash(request: HttpRequest, form: CommentForm) -> HttpResponse:
    """Keep a signed-out reader's words and lead to the step that posts them."""
    try:
        draft, token = _keep(request, form)
    except Limited as limited:
        form.add_error("body", limited)
        return composer(request, form, status=429)
    return _led_to(request, draft, token)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(
        Draft.objects.alive().select_related("article", "parent__author", "comment", "passage"),
        pk=pk,
    )
    if found.comment:
        return _posted_already(request, found, found.comment)
    link = request.POST.get("link") or request.GET.get("link", "")
    proof = found.proof_by_link(link)
    if not proof and not _is_theirs(request, found):
        return _locked(request, found, link)
    if "written" in request.GET and request.method != "POST":
        return redirect(found)
    if request.user.is_authenticated:
        return _go_on_writing(request, found)
    return _finish(request, found, proof)


@require_POST
def draft_code(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Email another code; whoever holds the draft may say to which address."""
    found = get_object_or_404(Draft.objects.alive().filter(comment=None), pk=pk)
    if _is_theirs(request, found):
        form = AddressForm(request.POST)
        if not form.is_valid():
            context = {"draft": found, "form": CodeForm(planted=False), "address": form}
            return render(request, "forum/draft.html", context, status=422)
        found.change(email=form.cleaned_data["email"])
    if _send_code(request, found):
        messages.success(request, _("We sent a new code. Earlier codes no longer work."))
    name = request.POST.get("username", "")[:80]
    return redirect(
        f"{found.get_absolute_url()}?{urlencode({'username': name})}" if name else found
    )


@require_POST
def draft_discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Draft.objects.select_related("article"), pk=pk)
    if _is_theirs(request, found):
        found.discard()
        messages.success(
            request, render_to_string("forum/notice_discarded.html", {"draft": found}, request)
        )
    return redirect(found.article)


@require_POST
def draft_undiscard(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Draft.objects.filter(comment=None), pk=pk)
    if _is_theirs(request, found):
        found.change(discarded_at=None)
        messages.success(request, _("Your draft is restored."))
    return redirect(found)


@led_to_the_composer
@token_or_origin
def forgot_while_writing(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead to the forgotten password, and keep the comment that is being written."""
    return _leave_the_composer(request, slug, _begin_reset)


@led_to_the_composer
@token_or_origin
def sign_in_while_writing(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead to the sign-in page, and keep the comment that is being written."""
    return _leave_the_composer(request, slug, _lead_to_sign_in)


def _leave_the_composer(
    request: HttpRequest, slug: str, lead: Callable[[HttpRequest, str, str], HttpResponse]
) -> HttpResponse:
    article = get_object_or_404(Article.objects.visible_to(request.user).at(slug))
    form = CommentForm(request.POST, discussion=Discussion.objects.of(article), person=request.user)
    email = request.POST.get("email", "")
    if not form.is_valid():
        if request.POST.get("body"):
            return composer(request, form, status=422)
        return lead(request, email, f"{article.get_absolute_url()}#compose")
    try:
        draft, token = _keep(request, form, ask=False)
    except Limited as limited:
        form.add_error("body", limited)
        return composer(request, form, status=429)
    response = lead(request, email, draft.get_absolute_url())
    keep_token(response, token)
    return response


# --- Keeping ---


def _keep(request: HttpRequest, form: CommentForm, *, ask: bool = True) -> tuple[Draft, str]:
    """Keep the words. Raise Limited where too many came from this network."""
    token = token_in(request) or new_token()
    if not request.user.is_authenticated:
        count_draft(request)
    draft, asks = Draft.objects.stash(
        holder=holder_of(token),
        person=request.user,
        article=form.discussion.article,
        email=form.cleaned_data.get("email", ""),
        **form.words(),
    )
    if ask and asks:
        _send_code(request, draft)
    return draft, token


def _led_to(request: HttpRequest, draft: Draft, token: str) -> HttpResponse:
    """Lead to the draft. A browser that has sent no cookie
    may keep none: the mark shows it its own words.
    """
    mark = "" if request.COOKIES else f"?{urlencode({'written': written_mark(draft.pk)})}"
    response = redirect(f"{draft.get_absolute_url()}{mark}")
    keep_token(response, token)
    return response


def _send_code(request: HttpRequest, draft: Draft) -> bool:
    try:
        count_mail(request, draft.email)
    except Limited as limited:
        messages.warning(request, limited.message)
        return False
    draft.send_code()
    return True


def _begin_reset(request: HttpRequest, email: str, next_url: str) -> HttpResponse:
    form = AddressForm({"email": email})
    if form.is_valid():
        return begin_password_reset(request, form.cleaned_data["email"], next_url)
    return redirect(f"{reverse('account_reset_password')}?{urlencode({'next': next_url})}")


def _lead_to_sign_in(request: HttpRequest, email: str, next_url: str) -> HttpResponse:
    # 303, not the 302 by which a page sends away somebody whose session has
    # ended (config.views.drafts.SignedOutWriter).
    address = f"{reverse('account_login')}?{urlencode({'next': next_url})}"
    return HttpResponseRedirect(address, status=HTTPStatus.SEE_OTHER)


# --- Whose it is ---


def _is_theirs(request: HttpRequest, draft: Draft) -> bool:
    drafts = Draft.objects.of(holder=holder_of(token_in(request)), person=request.user)
    return drafts.filter(pk=draft.pk).exists()


def _is_written_here(request: HttpRequest, draft: Draft) -> bool:
    return draft.is_written_by(holder=holder_of(token_in(request)), person=request.user)


def _locked(request: HttpRequest, draft: Draft, link: str) -> HttpResponse:
    """Say where the words open. Whoever has just typed them
    in a browser without cookies gets them back.
    """
    if is_just_written(request.GET.get("written", ""), draft.pk):
        return composer(request, _words_of(request, draft), no_cookies=True)
    return render(request, "forum/draft_locked.html", {"draft": draft, "link": link}, status=403)


def _posted_already(request: HttpRequest, draft: Draft, comment: Comment) -> HttpResponse:
    """Lead to the comment, and say why nobody is signed in where it was written."""
    if not request.user.is_authenticated and _is_written_here(request, draft):
        messages.info(
            request, render_to_string("forum/notice_posted.html", {"draft": draft}, request)
        )
    return redirect(comment)


# --- Posting ---


def _finish(request: HttpRequest, draft: Draft, proof: Proof | None) -> HttpResponse:
    """The last step of somebody signed out: the code, the mailed link or the password."""
    planted = not _is_written_here(request, draft)
    data = request.POST if request.method == "POST" else None
    form = CodeForm(data, planted=planted, initial={"username": request.GET.get("username", "")})
    if data is not None and form.is_valid():
        person = _sign_in(request, draft, form, proof)
        if person:
            return _post(request, draft, person)
    context = {
        "draft": draft,
        "form": form,
        "link": proof.token if proof else "",
        "address": AddressForm(initial={"email": draft.email}),
    }
    return render(request, "forum/draft.html", context, status=422 if form.errors else 200)


def _sign_in(
    request: HttpRequest, draft: Draft, form: CodeForm, linked: Proof | None
) -> User | None:
    """Return the person behind the code, the link or the password; the form says what was wrong."""
    answer = form.cleaned_data
    if answer["password"]:
        return _sign_in_by_password(request, draft, form)
    try:
        proof = linked or _checked(request, draft, answer["code"])
    except ValidationError as error:
        form.add_error("code", error)
        return None
    try:
        return sign_in_by_proof(request, proof, content=draft.content, username=answer["username"])
    except ValidationError as error:
        form.add_error("code" if error.code == "ended" and not linked else "username", error)
        return None


def _checked(request: HttpRequest, draft: Draft, typed: str) -> Proof:
    proof = draft.proof
    if proof is None:
        raise ValidationError(_("There is no code for this comment yet. Send a new code."), "ended")
    check_code(request, proof, typed)
    return proof


def _sign_in_by_password(request: HttpRequest, draft: Draft, form: CodeForm) -> User | None:
    try:
        person = sign_in_by_password(request, draft.email, form.cleaned_data["password"])
    except Limited as limited:
        form.add_error("password", limited)
        return None
    if person is None:
        form.add_error("password", _("Email or password is wrong."))
    return person


def _post(request: HttpRequest, draft: Draft, person: User) -> HttpResponse:
    try:
        comment = post_draft(draft, by=person, network=network_digest(request))
    except Refusal as refusal:
        Draft.objects.filter(pk=draft.pk).update(person=person)
        return refused(request, _words_of(request, draft), refusal)
    return published(request, comment)


def _go_on_writing(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Somebody who has signed in on the way: the words, ready to be posted."""
    if not _is_written_here(request, draft):
        if "mine" not in request.POST:
            status = 422 if request.method == "POST" else 200
            return render(request, "forum/draft_planted.html", {"draft": draft}, status=status)
        draft.adopt(request.user)  # type: ignore[arg-type]  # signed in
        return redirect(draft)
    form = _words_of(request, draft)
    if not form.discussion.is_open:
        return refused(request, form, DiscussionClosed())
    parent = None if draft.answers_somebody_gone else draft.parent
    return composer(request, form, parent=parent, draft=draft)


def _words_of(request: HttpRequest, draft: Draft) -> CommentForm:
    parent = None if draft.answers_somebody_gone else draft.parent_id
    words = {"body": draft.body, "parent": parent, "key": draft.key, "kind": draft.kind}
    if not request.user.is_authenticated:
        words["email"] = draft.email
    if draft.passage:
        words |= {
            "passage": draft.passage.anchor,
            "passage_edition": draft.passage_edition,
            "passage_words": draft.passage_words,
        }
    discussion = Discussion.objects.of(draft.article)
    return CommentForm(
        initial=words, discussion=discussion, person=request.user, about=draft.passage
    )
