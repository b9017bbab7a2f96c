from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from articles.models import Article, Passage
from forum.discussion.draft_cookie import holder_of, token_in
from forum.discussion.for_reader import discussion_of
from forum.discussion.models.discussion import Discussion
from forum.discussion.pages import discussion_page
from forum.discussion.sorting import NEWEST
from forum.posting.forms import CommentForm
from pagecache.decorators import cache_depends_on, cache_page


@cache_page("after")
@require_safe
def passage(request: HttpRequest, slug: str, anchor: str) -> HttpResponse:
    """Show a paragraph, a fact or an answer with the comments about it, even if the article has it
    no longer.
    """
    article = get_object_or_404(Article.objects.published().at(slug))
    found = get_object_or_404(article.passages, anchor=anchor)
    if article.slug != slug:
        return redirect("passage", article.slug, anchor, permanent=True)
    cache_depends_on(request, article)
    discussion = discussion_of(article, person=request.user, holder=holder_of(token_in(request)))
    after = NEWEST.parse_cursor(request.GET.get("after"))
    context = {
        "article": article,
        "passage": found,
        "discussion": discussion,
        "page": discussion_page(
            discussion, sorting=NEWEST, after=after, person=request.user, about=found
        ),
        "form": _form(request, discussion, found),
        "count": discussion.passage_counts.get(anchor, 0),
    }
    return render(request, "forum/discussion/passage.html", context)


def _form(request: HttpRequest, discussion: Discussion, about: Passage) -> CommentForm:
    """Return a form about the passage, with the selected words if they are in it."""
    selected = request.GET.get("words", "")
    return CommentForm.blank(
        discussion=discussion, person=request.user, about=about, selected=selected
    )
