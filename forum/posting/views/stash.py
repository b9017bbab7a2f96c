"""Save the text of the composer as a draft, and redirect to the page that signs somebody in."""

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from accounts.limits import Limited, count_draft, count_mail
from accounts.recovery import begin_password_reset
from articles.models import Article
from forum.discussion.csrf import csrf_or_same_origin
from forum.discussion.draft_cookie import holder_of, keep_token, new_token, token_in, written_mark
from forum.discussion.models.discussion import Discussion
from forum.discussion.models.draft import Draft
from forum.posting.forms import AddressForm, CommentForm
from forum.posting.views.composer import composer, led_to_the_composer


def stash(request: HttpRequest, form: CommentForm) -> HttpResponse:
    """Save a signed-out reader's text as a draft and redirect to it."""
    try:
        draft, token = _save_draft(request, form)
    except Limited as limited:
        form.add_error("body", limited)
        return composer(request, form, status=429)
    return _redirect_to_draft(request, draft, token)


@led_to_the_composer
@csrf_or_same_origin
def forgot_while_writing(request: HttpRequest, slug: str) -> HttpResponse:
    """Save the text as a draft and begin a reset of the password."""
    return _leave_composer(request, slug, _begin_reset)


@led_to_the_composer
@csrf_or_same_origin
def sign_in_while_writing(request: HttpRequest, slug: str) -> HttpResponse:
    """Save the text as a draft and redirect to the sign-in page."""
    return _leave_composer(request, slug, _redirect_to_sign_in)


def _leave_composer(
    request: HttpRequest, slug: str, redirect_to: Callable[[HttpRequest, str, str], HttpResponse]
) -> HttpResponse:
    article = get_object_or_404(Article.objects.visible_to(request.user).at(slug))
    form = CommentForm(request.POST, discussion=Discussion.objects.of(article), person=request.user)
    email = request.POST.get("email", "")
    if not form.is_valid():
        if request.POST.get("body"):
            return composer(request, form, status=422)
        return redirect_to(request, email, f"{article.get_absolute_url()}#compose")
    try:
        draft, token = _save_draft(request, form, ask_for_code=False)
    except Limited as limited:
        form.add_error("body", limited)
        return composer(request, form, status=429)
    response = redirect_to(request, email, draft.get_absolute_url())
    keep_token(response, token)
    return response


def _save_draft(
    request: HttpRequest, form: CommentForm, *, ask_for_code: bool = True
) -> tuple[Draft, str]:
    """Save the text, and email a code if wanted. Raises Limited if this network sent too many."""
    token = token_in(request) or new_token()
    if not request.user.is_authenticated:
        count_draft(request)
    draft, needs_code = Draft.objects.stash(
        holder=holder_of(token),
        person=request.user,
        article=form.discussion.article,
        email=form.cleaned_data.get("email", ""),
        **form.comment_fields(),
    )
    if ask_for_code and needs_code:
        send_code(request, draft)
    return draft, token


def _redirect_to_draft(request: HttpRequest, draft: Draft, token: str) -> HttpResponse:
    """Redirect to the draft, with a mark for browsers that may keep no cookies: it proves that
    the text were typed there.
    """
    mark = "" if request.COOKIES else f"?{urlencode({'written': written_mark(draft.pk)})}"
    response = redirect(f"{draft.get_absolute_url()}{mark}")
    keep_token(response, token)
    return response


def send_code(request: HttpRequest, draft: Draft) -> bool:
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


def _redirect_to_sign_in(request: HttpRequest, email: str, next_url: str) -> HttpResponse:
    # 303, because config.views.drafts.SignedOutWriter takes a 302 for the end of a session.
    address = f"{reverse('account_login')}?{urlencode({'next': next_url})}"
    return HttpResponseRedirect(address, status=HTTPStatus.SEE_OTHER)
