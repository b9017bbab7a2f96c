"""The lists of articles, and what is done to several of them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from articles.models import Article
from articles.rights import may_edit_all, may_write
from articles.writing import publish_article, withdraw_article
from database.keyset import parse_number
from desk.access import for_desk
from desk.lists import ARTICLES_PER_PAGE, STATES, article_list
from forum.moderation.discussion_settings import plan_closing

LONGEST_SEARCH = 100  # characters
ONLY_EDITORS = gettext_lazy("Only editors can publish and withdraw articles.")


@require_safe
@for_desk
def articles(request: HttpRequest) -> HttpResponse:
    state = STATES.get(request.GET.get("state", ""), STATES["draft"])
    # PostgreSQL holds no text with this character, and refuses to look for it.
    words = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_SEARCH]
    page = article_list(request.user, state=state, words=words, after=request.GET.get("after", ""))
    context = {
        "page": page,
        "states": STATES.values(),
        "words": words,
        "is_editor": may_edit_all(request.user),
        "may_write": may_write(request.user),
    }
    return render(request, "desk/articles.html", context)


@require_POST
@for_desk
def several(request: HttpRequest) -> HttpResponse:
    """Publish or withdraw the ticked articles."""
    if not may_edit_all(request.user):
        raise PermissionDenied(ONLY_EDITORS)
    act = request.POST.get("act", "")
    keys = [parse_number(key) for key in request.POST.getlist("articles")[:ARTICLES_PER_PAGE]]
    chosen = Article.objects.filter(pk__in=[key for key in keys if key])
    if act == "publish":
        done = _publish(chosen, request.user)
        said = ngettext("%(n)d article is published.", "%(n)d articles are published.", done)
    else:
        done = _withdraw(chosen, request.user)
        said = ngettext("%(n)d article is withdrawn.", "%(n)d articles are withdrawn.", done)
    messages.success(request, said % {"n": done})
    state = request.POST.get("state", "")
    return redirect(f"{reverse('desk')}?state={state if state in STATES else 'draft'}")


@transaction.atomic
def _publish(articles: Any, by: Any) -> int:
    drafts = list(articles.filter(status=Article.Status.DRAFT))
    for article in drafts:
        publish_article(article, by=by)
        plan_closing(article)
    return len(drafts)


@transaction.atomic
def _withdraw(articles: Any, by: Any) -> int:
    published = list(articles.filter(status=Article.Status.PUBLISHED))
    for article in published:
        withdraw_article(article, by=by)
    return len(published)
