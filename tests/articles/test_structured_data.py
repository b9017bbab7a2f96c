import json
from collections.abc import Callable
from typing import Any

from django.test import Client

from articles.models import Article, FAQEntry
from articles.structured_data import (
    FAQ_CHARACTERS,
    SHORT_ANSWER_CHARACTERS,
    article_graph,
    as_script,
)
from articles.writing import render_and_save
from forum.models import Comment
from forum.moderation import decisions

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
    FAQEntry(
        article=article, question="How long?", answer="An *hour*,\n\nor two."
    ).render_and_save()
    [question] = parts(client, "/articles/high-tide/")["FAQPage"]["mainEntity"]
    assert (question["name"], question["acceptedAnswer"]["text"]) == (
        "How long?",
        "An hour, or two.",
    )


def test_every_question_is_named_and_long_answers_are_cut(article: Article) -> None:
    faq = [
        FAQEntry(question=f"How {number}?", answer_html=f"<p>{'word ' * 150}</p>")
        for number in range(5)
    ]
    questions = article_graph(article, faq)["@graph"][-1]["mainEntity"]
    answers = [question["acceptedAnswer"]["text"] for question in questions]
    assert [question["name"] for question in questions] == [f"How {number}?" for number in range(5)]
    assert answers[0] == ("word " * 150).strip()
    assert all(answer.endswith("word …") for answer in answers[2:])
    assert sum(map(len, answers)) < FAQ_CHARACTERS + 5 * SHORT_ANSWER_CHARACTERS


def test_nothing_that_is_written_ends_the_script(
    client: Client, article: Article, say: Callable[..., Comment]
) -> None:
    article.title = article.short_answer = BREAKOUT
    render_and_save(article)
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
