from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.limits import Limited, count_search
from articles.models import Article, Topic
from search.forms import Asked, asked
from search.results import Results, find
from search.slips import corrected


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    question = asked(request.GET)
    context: dict[str, Any] = {"asked": question, "results": Results()}
    if question.query.is_empty:
        return _page(request, context)
    try:
        count_search(request)
    except Limited as limited:
        return _page(request, context | {"refusal": limited.message}, status=429)
    return _page(request, context | _found(question))


def _found(question: Asked) -> dict[str, Any]:
    where: dict[str, Any] = {"only": question.only, "article": question.article}
    results = find(question.query, after=question.cursor, **where)
    if results.number:
        return {"results": results}
    better = corrected(question.query, **where)
    return {"results": better[1], "corrected": better[0]} if better else {"results": results}


def _page(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    if not context["results"].number:
        newest = Article.objects.published().newest().without_text()
        context["topics"] = Topic.objects.with_articles()
        context["ask_at"] = context["asked"].article or newest.first()
    return render(request, "search/page.html", context, status=status)
