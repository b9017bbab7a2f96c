"""The form of an article: write, preview, save, publish, withdraw."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.rights import allows
from articles.models import Article
from articles.models.article import OutdatedArticle
from articles.rights import is_by, may_edit, may_write
from articles.views import article_page
from desk.access import for_desk
from desk.conflict import differences
from desk.forms.whole import WholeForm
from desk.models import KeptForm
from desk.outline import outline_of
from desk.views.drafts import discarded, draft_context, keep
from forum.moderation.permissions import moderator

NOT_YOURS = gettext_lazy("This article is not yours. Ask an editor to change it.")
CANNOT_START = gettext_lazy("You cannot start articles.")
Status = Article.Status


@require_http_methods(["GET", "HEAD", "POST"])
@for_desk
def new_article(request: HttpRequest) -> HttpResponse:
    if not may_write(request.user):
        raise PermissionDenied(CANNOT_START)
    return _edit(request, Article(author=moderator(request)))


@require_http_methods(["GET", "HEAD", "POST"])
@for_desk
def edit_article(request: HttpRequest, pk: int) -> HttpResponse:
    article = get_object_or_404(Article.objects.with_byline(), pk=pk)
    if may_edit(request.user, article):
        return _edit(request, article)
    if not is_by(request.user, article):
        raise PermissionDenied(NOT_YOURS)
    if request.method == "POST":  # published while its writer went on: nothing typed is lost
        return _page(request, WholeForm(article, by=request.user, data=request.POST), status=403)
    return redirect(article)


def _edit(request: HttpRequest, article: Article) -> HttpResponse:
    if request.method != "POST":
        return _opened(request, article)
    form = WholeForm(article, by=request.user, data=request.POST)
    if "row" in request.POST:
        return _page(request, form.rearranged(request.POST, request.POST["row"]))
    if "preview" in request.POST:
        return _preview(request, form)
    status = _status_asked(request, form)
    if not form.is_valid():
        return _refused(request, form)
    was_public = article.is_published
    try:
        saved = form.save(status=status)
    except OutdatedArticle:  # saved by somebody else between our reading and writing
        return _edit(request, Article.objects.with_byline().get(pk=article.pk))
    messages.success(request, _outcome(saved, was_public))
    return discarded(request, redirect("desk_article", saved.pk))


def _opened(request: HttpRequest, article: Article) -> HttpResponse:
    """Show the form with what the person typed in it before and has not saved."""
    kept = KeptForm.objects.latest_of(request.user, article)
    form = WholeForm(article, by=request.user)
    if kept:
        form = form.rearranged(kept.data, "")
    context = draft_context(request, article, kept)
    return _page(request, form, is_opened=True, **context)


def _status_asked(request: HttpRequest, form: WholeForm) -> str:
    """Return the status that the pressed button gives the article; nothing where it stays."""
    asked = {"publish": Status.PUBLISHED, "withdraw": Status.DRAFT}.get(request.POST.get("act", ""))
    if asked and not form.is_editor:
        raise PermissionDenied(NOT_YOURS)
    return asked or ""


def _preview(request: HttpRequest, form: WholeForm) -> HttpResponse:
    """Show the page as it would be. Everything is saved as always, and taken back."""
    if not form.is_valid():
        context = {"problems": list(form.problems())}
        return render(request, "desk/preview_refused.html", context, status=422)
    with transaction.atomic():
        article = form.save()
        page = article_page(request, article, is_preview=True)
        transaction.set_rollback(True)
    return page


def _refused(request: HttpRequest, form: WholeForm) -> HttpResponse:
    keep(request, form.instance)
    if form.article.is_outdated:
        return _page(request, form, status=409, compared=differences(form))
    return _page(request, form, status=422)


def _page(
    request: HttpRequest, form: WholeForm, *, status: int = 200, **context: object
) -> HttpResponse:
    if "draft_key" not in context:
        context |= draft_context(request, form.instance)
    problems = [] if status in {200, 403} else list(form.problems())
    context |= {
        "form": form,
        "is_closed": status == 403,
        "problems": problems,
        "may_delete": bool(form.instance.pk) and allows("delete_article", request.user),
        "former_slugs": former_slugs_of(form.instance),
        "outline": outline_of(form.article["body"].value() or ""),
    }
    return render(request, "desk/article.html", context, status=status)


def former_slugs_of(article: Article) -> list[str]:
    return [former.slug for former in article.former_slugs.all()] if article.pk else []


def _outcome(article: Article, was_public: bool) -> str:
    if article.is_scheduled:
        return _("Saved. The article will be published at its time.")
    if article.is_published:
        return _("Saved. Readers see the changes.") if was_public else _("Published.")
    return _("Withdrawn. Readers no longer see the article.") if was_public else _("Draft saved.")
