from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.limits import Limited, count_mail
from accounts.models import User
from accounts.recovery import begin_password_reset
from accounts.sign_in import sign_in_by_mail, sign_in_by_password
from articles.models import Article
from forum.draft_cookie import holder_of, keep_token, new_token, token_in
from forum.forms import AddressForm, CodeForm, CommentForm
from forum.models import Discussion, DiscussionClosed, Draft, Refusal
from forum.network import network_digest
from forum.origin import token_or_origin
from forum.views.composer import composer, led_to_the_composer, refused
from forum.views.published import published


def stash(request: HttpRequest, form: CommentForm) -> HttpResponse:
    """Keeps a signed-out reader's words and leads to the step that posts them."""
    draft, token = _keep(request, form)
    response = redirect(draft)
    keep_token(response, token)
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(
        Draft.objects.alive().select_related("article", "parent__author", "comment", "passage"), pk=pk
    )
    if found.comment:
        return redirect(found.comment)
    link = request.POST.get("link") or request.GET.get("link", "")
    by_link = found.link_opens(link)
    if not by_link and not _is_theirs(request, found):
        return render(request, "forum/draft_locked.html", {"draft": found, "link": link}, status=403)
    if request.user.is_authenticated:
        return _go_on_writing(request, found)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        person = _sign_in(request, found, form, by_link=by_link)
        if person:
            return _post(request, found, person)
    context = {
        "draft": found,
        "form": form,
        "link": link if by_link else "",
        "address": AddressForm(initial={"email": found.email}),
    }
    return render(request, "forum/draft.html", context, status=422 if form.errors else 200)


@require_POST
def draft_code(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Mails another code; whoever holds the draft may say to which address."""
    found = get_object_or_404(Draft.objects.alive().filter(comment=None), pk=pk)
    if _is_theirs(request, found):
        form = AddressForm(request.POST)
        if not form.is_valid():
            context = {"draft": found, "form": CodeForm(), "address": form}
            return render(request, "forum/draft.html", context, status=422)
        found.email = form.cleaned_data["email"]
    _send_code(request, found)
    return redirect(found)


@require_POST
def draft_discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Draft.objects.select_related("article"), pk=pk)
    if _is_theirs(request, found):
        found.delete()
        messages.success(request, _("Your unfinished comment is discarded."))
    return redirect(found.article)


@led_to_the_composer
@token_or_origin
def forgot_while_writing(request: HttpRequest, slug: str) -> HttpResponse:
    """The forgotten password, without losing what was written before noticing."""
    article = get_object_or_404(Article.objects.visible_to(request.user).at(slug))
    form = CommentForm(request.POST, discussion=Discussion.objects.of(article), person=request.user)
    email = request.POST.get("email", "")
    if not form.is_valid():
        if request.POST.get("body"):
            return composer(request, form, status=422)
        return _begin_reset(request, email, f"{article.get_absolute_url()}#compose")
    draft, token = _keep(request, form, ask=False)
    response = _begin_reset(request, email, draft.get_absolute_url())
    keep_token(response, token)
    return response


def _keep(request: HttpRequest, form: CommentForm, *, ask: bool = True) -> tuple[Draft, str]:
    token = token_in(request) or new_token()
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


def _send_code(request: HttpRequest, draft: Draft) -> None:
    try:
        count_mail(request, draft.email)
    except Limited as limited:
        messages.warning(request, limited.message)
    else:
        draft.send_code()


def _begin_reset(request: HttpRequest, email: str, next_url: str) -> HttpResponse:
    form = AddressForm({"email": email})
    if form.is_valid():
        return begin_password_reset(request, form.cleaned_data["email"], next_url)
    return redirect(f"{reverse('account_reset_password')}?{urlencode({'next': next_url})}")


def _is_theirs(request: HttpRequest, draft: Draft) -> bool:
    drafts = Draft.objects.of(holder=holder_of(token_in(request)), person=request.user)
    return drafts.filter(pk=draft.pk).exists()


def _sign_in(request: HttpRequest, draft: Draft, form: CodeForm, *, by_link: bool) -> User | None:
    """The person behind the code, the link or the password; the form says what was wrong."""
    answer = form.cleaned_data
    if answer["password"]:
        return _sign_in_by_password(request, draft, form)
    if not by_link and not draft.code_opens(answer["code"]):
        spent = _("This code is no longer valid. Ask for another below.")
        form.add_error("code", spent if draft.code_is_spent else _("This is not the code we sent. Look again."))
        return None
    try:
        return sign_in_by_mail(request, email=draft.email, username=answer["username"])
    except ValidationError as error:
        form.add_error("username", error)
        return None


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
        comment = draft.post(by=person, network=network_digest(request))
    except Refusal as refusal:
        Draft.objects.filter(pk=draft.pk).update(person=person)
        return refused(request, _words_of(request, draft), refusal)
    return published(request, comment)


def _go_on_writing(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Somebody who has signed in on the way: the words, ready to be posted."""
    form = _words_of(request, draft)
    if not form.discussion.is_open:
        return refused(request, form, DiscussionClosed())
    parent = None if draft.answers_somebody_gone else draft.parent
    return composer(request, form, parent=parent, draft=draft)


def _words_of(request: HttpRequest, draft: Draft) -> CommentForm:
    parent = None if draft.answers_somebody_gone else draft.parent_id
    words = {"body": draft.body, "parent": parent, "key": draft.key, "kind": draft.kind}
    if draft.passage:
        words |= {
            "passage": draft.passage.anchor,
            "passage_edition": draft.passage_edition,
            "passage_words": draft.passage_words,
        }
    discussion = Discussion.objects.of(draft.article)
    return CommentForm(initial=words, discussion=discussion, person=request.user, about=draft.passage)
