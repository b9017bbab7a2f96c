from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.rights import demand_account
from articles.models import Article
from desk.access import for_desk
from forum.maintenance import deletion
from forum.moderation.permissions import moderator


@require_http_methods(["GET", "HEAD", "POST"])
@for_desk
def delete_article(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete an article, after a page that says what goes with it."""
    demand_account("delete_article", request.user)
    article = get_object_or_404(Article, pk=pk)
    if request.method != "POST":
        context = {"article": article, "gone": deletion.what_is_deleted(article)}
        return render(request, "desk/delete.html", context)
    deletion.delete_article(article, by=moderator(request))
    messages.success(request, _("“%(title)s” is deleted.") % {"title": article.title})
    return redirect("desk")
