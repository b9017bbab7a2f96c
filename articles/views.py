from typing import Any

from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from articles.article_parts import parts_of
from articles.listing import listing
from articles.models import UNFOLDED_QUESTIONS, Article, Topic
from database.prepared import PreparedQuery, param
from pagecache.decorators import cache_depends_on, cache_page


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    page = listing(Article.objects.published(), after=request.GET.get("after", ""))
    return render(
        request, "articles/home.html", {"page": page, "topics": Topic.objects.with_articles()}
    )


@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    found = Topic.objects.with_counts()
    return render(request, "articles/all_topics.html", {"topics": found})


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Topic, slug=slug)
    page = listing(
        Article.objects.published().filter(topic=found), after=request.GET.get("after", "")
    )
    return render(request, "articles/topic.html", {"topic": found, "page": page})


@cache_page("sort", "after", "faq")
@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    found = _public(slug) or get_object_or_404(
        Article.objects.visible_to(request.user).at(slug).with_byline()
    )
    if found.slug != slug:
        query = request.META["QUERY_STRING"]
        return redirect(f"{found.get_absolute_url()}{f'?{query}' if query else ''}", permanent=True)
    cache_depends_on(request, found)
    return article_page(request, found)


def _public(slug: str) -> Article | None:
    """Return a published article by its present address, which nearly every request names."""
    return next(iter(PUBLIC.objects(slug)), None)


PUBLIC = PreparedQuery(
    lambda: (
        Article.objects.filter(
            slug=str(param(1)), status=Article.Status.PUBLISHED, published_at__lte=Now()
        )
        .with_byline()
        .defer("search_words")
        .order_by()
    )
)


def article_page(request: HttpRequest, article: Article, **context: Any) -> HttpResponse:
    parts = parts_of(article)
    return render(
        request,
        "articles/article.html",
        {
            "article": article,
            "labelled_facts": [fact for fact in parts.facts if fact.label],
            "facts": [fact for fact in parts.facts if not fact.label],
            "faq": parts.faq,
            "faq_is_folded": len(parts.faq) > UNFOLDED_QUESTIONS,
            "asked": request.GET.get("faq", ""),
            **context,
        },
    )
