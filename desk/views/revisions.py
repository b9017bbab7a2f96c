"""The revisions of an article: list them, compare two, restore one."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from articles.models import Article, ArticleRevision
from articles.models.article import OutdatedArticle
from articles.revisions.compare import compare
from articles.revisions.restore import restore_revision
from articles.rights import is_by, may_edit, may_edit_all
from database.keyset import page_of, parse_number
from desk.access import for_desk
from desk.views.article import NOT_YOURS

REVISIONS_PER_PAGE = 50
REVISIONS_OFFERED = 200


@require_safe
@for_desk
def revisions(request: HttpRequest, pk: int) -> HttpResponse:
    article = _article(request, pk)
    rows = article.revisions.select_related("by").defer("content")
    after = parse_number(request.GET.get("after"))
    page, next_cursor = page_of(rows, after=after, number=REVISIONS_PER_PAGE)
    context = {"article": article, "revisions": page, "next_cursor": next_cursor}
    return render(request, "desk/revisions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_desk
def revision(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    article = _article(request, pk)
    shown = get_object_or_404(article.revisions.select_related("by"), number=number)
    if request.method != "POST":
        return _page(request, article, shown)
    if not may_edit(request.user, article):
        raise PermissionDenied(NOT_YOURS)
    try:
        restore_revision(shown, by=request.user, version=_version(request))
    except OutdatedArticle:
        return _page(request, _article(request, pk), shown, status=409, is_outdated=True)
    messages.success(request, _("Revision %(n)d is restored.") % {"n": shown.number})
    return redirect("desk_article", pk)


def _version(request: HttpRequest) -> datetime:
    """Return the version that the page showed. One that cannot be read is no longer there."""
    try:
        return datetime.fromisoformat(request.POST.get("version", ""))
    except ValueError:
        raise OutdatedArticle from None


def _article(request: HttpRequest, pk: int) -> Article:
    article = get_object_or_404(Article.objects.with_byline(), pk=pk)
    if not (may_edit_all(request.user) or is_by(request.user, article)):
        raise PermissionDenied(NOT_YOURS)
    return article


def _page(
    request: HttpRequest,
    article: Article,
    shown: ArticleRevision,
    *,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    others = article.revisions.newest().exclude(number=shown.number)
    number = parse_number(request.GET.get("with"))
    other = others.filter(number=number or shown.number - 1).first()
    context |= {
        "article": article,
        "revision": shown,
        "other": other,
        "numbers": list(others.values_list("number", flat=True)[:REVISIONS_OFFERED]),
        "compared": compare(other.content, shown.content) if other else [],
        "may_restore": may_edit(request.user, article),
    }
    return render(request, "desk/revision.html", context, status=status)
