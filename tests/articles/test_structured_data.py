import json
from collections.abc import Callable
from typing import Any

from django.test import Client

from articles.models import Article, FAQEntry
from articles.structured_data import FAQ_CHARACTERS, article_graph, as_script
from forum.models import Comment, decisions

BEGIN, END = '<script type="application/ld+json">', "</script>"
BREAKOUT = "</script><script>alert(1)</script><!-- &"


def parts(client: Client, address: str) -> dict[str, Any]:
    page = client.get(address).text
    text = page.split(BEGIN)[1].split(END)[0]
    return {part["@type"]: part for part in json.loads(text)["@graph"]}


def test_the_page_says_what_it_is(client: Client, article: Article) -> None:
    graph = parts(client, "/articles/high-tide/")
    about = graph["Article"]
    assert about["headline"] == article.title
    assert about["author"]["name"] == "Maren Holt"
    assert about["commentCount"] == 0
    crumbs = graph["BreadcrumbList"]["itemListElement"]
    assert [crumb["name"] for crumb in crumbs] == ["Home", "Tides", article.title]
    assert "FAQPage" not in graph


def test_questions_are_said_with_their_answers(client: Client, article: Article) -> None:
    FAQEntry(article=article, question="How long?", answer="An *hour*,\n\nor two.").write()
    [question] = parts(client, "/articles/high-tide/")["FAQPage"]["mainEntity"]
    assert (question["name"], question["acceptedAnswer"]["text"]) == ("How long?", "An hour, or two.")


def test_questions_stop_where_they_would_weigh_too_much(article: Article) -> None:
    faq = [FAQEntry(question="How?", answer_html=f"<p>{'a' * (FAQ_CHARACTERS // 2 - 10)}</p>") for _ in range(5)]
    graph = article_graph(article, faq)
    assert len(graph["@graph"][-1]["mainEntity"]) == 2


def test_nothing_that_is_written_ends_the_script(client: Client, article: Article, say: Callable[..., Comment]) -> None:
    article.title = article.short_answer = BREAKOUT
    article.write()
    say(BREAKOUT)
    graph = parts(client, "/articles/high-tide/")
    assert graph["Article"]["headline"] == BREAKOUT
    assert graph["Article"]["comment"][0]["text"] == BREAKOUT


def test_a_script_has_no_markup_in_it() -> None:
    text = as_script({"name": "<&>\u2028"}).removeprefix(BEGIN).removesuffix(END)
    assert not set("<>&") & set(text)
    assert json.loads(text) == {"name": "<&>\u2028"}


def test_what_was_removed_is_not_said_again(
    client: Client, article: Article, say: Callable[..., Comment], moderator: Any
) -> None:
    comment = say("Buy my boat")
    decisions.remove(comment, by=moderator, reason="spam")
    assert "comment" not in parts(client, "/articles/high-tide/")["Article"]
