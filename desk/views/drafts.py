"""Keep what is typed in an article's form, and tell who has it open."""

import re
import secrets
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from articles.models import Article
from articles.rights import may_edit, may_write, works_at_desk
from desk.access import NOT_AT_THE_DESK
from desk.forms.whole import WholeForm
from desk.models import FormLock, KeptForm
from forum.discussion.draft_cookie import tell_taken

KEY = re.compile(r"[0-9-]{1,64}")


@require_POST
def keep_draft(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Keep the form, discard what was kept, or take it over: as the pressed button says.

    Without a button it is a script's: a sign of life, with the fields if something was typed.
    """
    article = _article_of(request, pk)
    if "discard" in request.POST:
        return discarded(request, redirect(_address(article)))
    if "take_over" in request.POST:
        return _taken_over(request, article)
    if "beat" not in request.POST:
        keep(request, article)
    if article.pk:
        FormLock.objects.renew(article, by=request.user)
    return render(request, "desk/kept.html", draft_context(request, article))


def keep(request: HttpRequest, article: Article) -> None:
    KeptForm.objects.keep(
        request.POST,
        article=article,
        by=request.user,
        key=_sent(request, "draft_key") or _new_key(),
        follows=_sent(request, "draft_from"),
    )


def _taken_over(request: HttpRequest, article: Article) -> HttpResponse:
    if WholeForm(article, by=request.user, data=request.POST).has_changed():
        keep(request, article)
    if article.pk:
        FormLock.objects.take_over(article, by=request.user)
    return redirect(_address(article))


def draft_context(
    request: HttpRequest, article: Article, offered: KeptForm | None = None
) -> dict[str, Any]:
    """Return what the form says of its draft, and of who else has it open."""
    key, kept = _sent(request, "draft_key"), offered
    if key and not kept:
        kept = KeptForm.objects.filter(person=request.user.pk, key=key).first()
    lock = FormLock.objects.holder(article) if article.pk else None
    return {
        "article": article,
        "draft_address": _draft_address(article),
        "draft_key": key or _new_key(),
        "draft_from": offered.key if offered else _sent(request, "draft_from"),
        "kept": kept,
        "is_offered": offered is not None,
        "lock": lock if lock and lock.person_id != request.user.pk else None,
    }


def discarded(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Forget what was kept of the form that was sent, in its browser as well."""
    keys = [key for key in (_sent(request, "draft_key"), _sent(request, "draft_from")) if key]
    KeptForm.objects.discard(keys, by=request.user)
    if keys:
        tell_taken(response, keys)
    return response


def _article_of(request: HttpRequest, pk: int | None) -> Article:
    """Return the article whose form it is. A session that has ended is refused, not led away."""
    if not works_at_desk(request.user):
        raise PermissionDenied(NOT_AT_THE_DESK)
    article = get_object_or_404(Article.objects.with_byline(), pk=pk) if pk else Article()
    if not (may_edit(request.user, article) if pk else may_write(request.user)):
        raise PermissionDenied(NOT_AT_THE_DESK)
    return article


def _sent(request: HttpRequest, name: str) -> str:
    key = request.POST.get(name, "")
    return key if KEY.fullmatch(key) else ""


def _new_key() -> str:
    """Return a key as scripts make them for the drafts of readers."""
    return "-".join(str(secrets.randbits(32)) for _ in range(4))


def _address(article: Article) -> str:
    return reverse("desk_article", args=[article.pk]) if article.pk else reverse("desk_new_article")


def _draft_address(article: Article) -> str:
    return reverse("desk_draft", args=[article.pk]) if article.pk else reverse("desk_new_draft")
