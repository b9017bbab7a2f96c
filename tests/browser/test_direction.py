"""Words that are written from right to left are read so, on every kind of line of a page that is in
English.
"""

import pytest
from playwright.sync_api import Page

from accounts.models import User
from articles.models import Article, Fact, FAQEntry, Topic
from articles.writing import render_and_save
from forum.models import Comment, Discussion
from forum.posting.post import post_comment

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# The innermost blocks that hold Persian words, and how they are read.
LINES = """(within = document) => {
    const holds = (element) => /[\\u0600-\\u06ff]/.test(element.textContent);
    const names = "h1, h2, h3, p, li, dt, dd, td, th, summary, blockquote";
    const blocks = [...within.querySelectorAll(names)];
    const holdsOther = (one) => blocks.some((other) => other !== one && one.contains(other));
    const inner = blocks.filter((one) => holds(one) && !holdsOther(one));
    return inner.map((one) => [one.localName, getComputedStyle(one).direction]);
}"""


@pytest.fixture
def persian(author: User) -> Article:
    article = Article(
        topic=Topic.objects.create(name="جزر و مد", slug="persian"),
        author=author,
        title="چرا مد دیرتر می‌آید",
        slug="persian",
        short_answer="حدود پنجاه دقیقه دیرتر.",
        body="روی دیوار بایست.\n\n## بخش دوم\n\n- یک\n- دو\n\n| الف | ب |\n|---|---|\n| ج | د |",
        status=Article.Status.PUBLISHED,
    )
    render_and_save(article)
    Fact(article=article, label="مدت", value="پنجاه دقیقه", position=1).save()
    Fact(article=article, text="ماه از نو می‌گذرد.", position=2).save()
    FAQEntry(
        article=article, question="چرا؟", answer="به خاطر ماه.\n\n- یک\n- دو", position=1
    ).render_and_save()
    render_and_save(article)
    return article


def test_every_line_of_a_persian_article_is_read_from_the_right(
    page: Page, site: str, persian: Article
) -> None:
    page.goto(site + persian.get_absolute_url())
    lines = page.locator("main").evaluate(LINES)
    assert {"h1", "h2", "p", "li", "dt", "dd", "td", "th"} <= {name for name, _direction in lines}
    assert [line for line in lines if line[1] != "rtl"] == []


def test_a_persian_topic_is_read_from_the_right_on_the_home_page(
    page: Page, site: str, persian: Article
) -> None:
    Topic.objects.update(introduction="ماه و آب.")
    page.goto(site)
    lines = page.locator(".topics").evaluate(LINES)
    assert lines == [["h3", "rtl"], ["p", "rtl"]]


def test_each_block_of_a_comment_has_its_own_direction(
    page: Page, site: str, article: Article, reader: User
) -> None:
    body = "In English.\n\nروی دیوار بایست.\n\n- یک\n- دو\n\n1. one\n2. two\n\n> ماه\n\n`x` ماه"
    comment: Comment = post_comment(Discussion.objects.of(article), by=reader, body=body, key="key")
    page.goto(f"{site}{comment.get_absolute_url()}")
    blocks = page.locator(f"#c{comment.pk} .comment-body > *")
    directions = blocks.evaluate_all(
        "all => all.map(one => [one.localName, getComputedStyle(one).direction])"
    )
    assert directions == [
        ["p", "ltr"],
        ["p", "rtl"],
        ["ul", "rtl"],
        ["ol", "ltr"],
        ["blockquote", "rtl"],
        ["p", "ltr"],
    ]
