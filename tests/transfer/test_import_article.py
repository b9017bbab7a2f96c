from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import User
from articles.models import Article, Topic
from articles.writing import render_and_save
from forum.models import Comment, Discussion, ModerationAction
from forum.moderation import decisions, locking
from tests.articles.test_manuscript import MARKDOWN, PAGE

pytestmark = pytest.mark.django_db
Import = Callable[..., str]


@pytest.fixture
def import_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Import:
    """Imports a file with this text and gives back what the command printed."""

    def imported(text: str, *options: str) -> str:
        file = tmp_path / "article.txt"
        file.write_text(text, encoding="utf-8")
        call_command("import_article", file, *options)
        return capsys.readouterr().out.strip()

    return imported


def everything() -> dict[str, Any]:
    models = (Article, Topic, Discussion, Comment, User, ModerationAction)
    rows = {model.__name__: list(model.objects.order_by("pk").values()) for model in models}
    article = Article.objects.first()
    if article:
        rows |= {"facts": list(article.facts.values()), "faq": list(article.faq.values())}
    return rows


def test_an_imported_page_is_published_at_the_address_that_is_printed(
    import_text: Import, client: Client
) -> None:
    address = import_text(PAGE)
    assert address == f"{settings.SITE_URL}/articles/why-bread-rises/"
    page = client.get("/articles/why-bread-rises/").text
    for words in (
        "Flour and water.",
        "More about bread",
        "It is old.",
        "How long?",
        "Still first.",
        "A reader",
    ):
        assert words in page


@pytest.mark.parametrize("text", [PAGE, MARKDOWN], ids=["page", "Markdown"])
def test_the_second_import_changes_nothing(import_text: Import, text: str) -> None:
    address = import_text(text)
    before = everything()
    assert import_text(text) == address
    assert everything() == before


def test_a_changed_file_updates_the_article_and_keeps_its_comments(import_text: Import) -> None:
    import_text(MARKDOWN)
    article, comments = Article.objects.get(), list(Comment.objects.values_list("pk", flat=True))
    anchors = list(article.faq.values_list("pk", "slug"))
    changed = MARKDOWN.replace("Flour and water.", "Flour, water, salt.").replace(
        "An hour.", "Two hours."
    )
    import_text(changed.replace("24 to 28", "25 to 27"), "--replace")
    article.refresh_from_db()
    assert article.body_html.startswith('<p id="p-1">Flour, water, salt.')
    assert article.facts.all()[0].value == "25 to 27 °C"
    assert list(article.faq.values_list("pk", "slug")) == anchors
    assert article.faq.all()[0].answer_html.startswith("<p>Two hours.</p>")
    assert list(Comment.objects.values_list("pk", flat=True)) == comments


def test_a_question_that_is_gone_from_the_file_is_gone_from_the_article(
    import_text: Import,
) -> None:
    import_text(MARKDOWN)
    import_text(MARKDOWN.replace("### How warm?\nWarm.\n", ""), "--replace")
    assert [entry.slug for entry in Article.objects.get().faq.all()] == ["time"]


def test_an_article_that_moved_is_found_by_its_former_address(import_text: Import) -> None:
    import_text(PAGE)
    article = Article.objects.get()
    article.slug = "bread"
    render_and_save(article)
    assert import_text(PAGE).endswith("/articles/bread/")
    assert Article.objects.count() == 1


def test_comments_are_written_by_people_who_cannot_sign_in(import_text: Import) -> None:
    import_text(MARKDOWN)
    eilidh = User.objects.get(username="Eilidh Murray")
    assert not eilidh.has_usable_password()
    assert eilidh.email.endswith("@imported.invalid")


@pytest.mark.parametrize("name", ["Eilidh Murray", "EILIDH  MURRAY", "Lucia Ferrante"])
def test_a_file_puts_nothing_into_the_mouth_of_somebody_who_has_an_account(
    name: str, import_text: Import
) -> None:
    User.objects.create_user(email="somebody@example.org", username=name)
    before = everything()
    with pytest.raises(CommandError, match=r"is the name of an account here\. Add --accounts"):
        import_text(MARKDOWN)
    assert everything() == before


def test_a_file_of_people_who_have_accounts_gives_them_their_comments(import_text: Import) -> None:
    known = User.objects.create_user(email="eilidh@example.org", username="Eilidh Murray")
    import_text(MARKDOWN, "--accounts")
    assert known.comments.get().body == "First."


@pytest.mark.parametrize(
    ("words", "others"),
    [
        ("Flour and water.", "Sand."),
        ("24 to 28", "90"),
        ("An hour.", "A year."),
        ("Yeast makes gas", "Magic"),
    ],
)
def test_a_file_changes_no_article_that_is_there_unless_told_to(
    words: str, others: str, import_text: Import
) -> None:
    import_text(MARKDOWN)
    before = everything()
    with pytest.raises(CommandError, match="Add --replace"):
        import_text(MARKDOWN.replace(words, others))
    assert everything() == before


def test_a_file_does_not_change_what_a_topic_says_of_itself(import_text: Import) -> None:
    topic = Topic.objects.create(name="Kitchen", slug="kitchen", introduction="Ours.")
    import_text(MARKDOWN.replace("author:", "about the topic: Theirs.\nauthor:"))
    topic.refresh_from_db()
    assert topic.introduction == "Ours."


def test_replies_find_the_comment_they_answer(import_text: Import) -> None:
    import_text(MARKDOWN)
    bodies = {comment.body: comment for comment in Comment.objects.all()}
    assert bodies["Another, deeper."].parent == bodies["An answer."]
    assert bodies["Another, deeper."].depth == 2
    assert bodies["Another, deeper."].created_at >= bodies["An answer."].created_at


def test_later_comments_have_greater_keys(import_text: Import) -> None:
    import_text(MARKDOWN)
    times = list(Comment.objects.order_by("pk").values_list("created_at", flat=True))
    assert times == sorted(times)


def test_a_removal_and_a_closing_are_loaded_without_a_line_in_the_log(import_text: Import) -> None:
    import_text(MARKDOWN)
    assert Comment.objects.get(body="Buy.").status == Comment.Status.REMOVED
    discussion = Discussion.objects.get()
    assert (discussion.is_open, discussion.comment_count) == (False, 3)
    assert not ModerationAction.objects.exists()


def test_what_was_decided_since_stays_decided(import_text: Import, moderator: User) -> None:
    import_text(MARKDOWN)
    decisions.restore(Comment.objects.get(body="Buy."), by=moderator)
    locking.reopen(Discussion.objects.get(), by=moderator)
    import_text(MARKDOWN)
    assert Comment.objects.get(body="Buy.").is_published
    assert Discussion.objects.get().is_open


def test_two_readers_who_say_the_same_are_two(import_text: Import) -> None:
    import_text(PAGE.replace("Second.", "First.\n\nStill first."))
    assert Comment.objects.count() == 2


@pytest.mark.parametrize(
    ("wrong", "line"),
    [
        (PAGE.replace("Frequently Asked Questions", "Questions"), 10),
        (PAGE.replace("Why bread rises", "b" * 161), 1),
        (PAGE.replace("It is old.", "o" * 501), 7),
        (PAGE.replace("How long?", f"{'w' * 200}?"), 12),
        (PAGE.replace("Second.", "s" * 5001), 30),
        (MARKDOWN.replace("title: ", "slug: no slug\ntitle: "), 3),
        (MARKDOWN.replace("https://example.org/", "javascript:alert(1)"), 18),
        (MARKDOWN.replace("How warm?", "How warm? {#time}"), 32),
        (MARKDOWN.replace("removed: spam", "removed: boring"), 46),
        (MARKDOWN.replace("Samir Haddad", "admin"), 43),
    ],
)
def test_a_file_with_a_mistake_is_named_by_its_line_and_changes_nothing(
    import_text: Import, wrong: str, line: int
) -> None:
    before = everything()
    with pytest.raises(CommandError, match=rf"Line {line}: "):
        import_text(wrong)
    assert everything() == before


def test_a_closed_discussion_takes_no_new_comment_from_a_file(import_text: Import) -> None:
    import_text(MARKDOWN)
    with pytest.raises(CommandError, match="the discussion of this article is closed"):
        import_text(f"{MARKDOWN}\n### Jonas Wick\nOne more.\n")


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_article", tmp_path / "nowhere.txt")


def test_the_sample_is_loaded_where_nothing_is(
    client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("load_sample")
    before = everything()
    assert Article.objects.count() >= 7
    assert Topic.objects.count() == 3
    for article in Article.objects.all():
        assert len(article.short_answer.split()) <= 50
        assert article.discussion.comments.exists()
        assert client.get(article.get_absolute_url()).status_code == 200
    call_command("load_sample")
    assert "not loaded" in capsys.readouterr().out
    assert everything() == before
