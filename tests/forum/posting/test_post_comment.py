from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from articles.models import Article
from articles.writing import render_and_save
from forum.discussion.models.comment import COMMENT_MAX_LENGTH
from forum.models import Comment, Discussion, Draft, Sanction
from forum.moderation import decisions, locking
from forum.moderation.sanctions import impose
from forum.posting.edit import delete_comment, edit_comment

Say = Callable[..., Comment]
ADDRESS = "/articles/high-tide/comments/"


def test_a_reader_posts_and_is_led_to_the_comment(
    article: Article, reader: User, client_of: Callable
) -> None:
    response = client_of(reader).post(ADDRESS, {"body": "Well *said*.", "key": "k1"})
    comment = Comment.objects.get()
    assert (response.status_code, response.url) == (302, f"/articles/high-tide/#c{comment.pk}")
    assert comment.html == "<p>Well <em>said</em>.</p>"


def test_the_same_key_again_is_the_same_comment(
    article: Article, reader: User, client_of: Callable
) -> None:
    client = client_of(reader)
    answers = {client.post(ADDRESS, {"body": "Once.", "key": "k1"}).url for _ in range(3)}
    assert len(answers) == Comment.objects.count() == 1
    assert Discussion.objects.get().comment_count == 1


def test_another_text_under_the_same_key_is_another_comment(
    article: Article, reader: User, client_of: Callable
) -> None:
    client = client_of(reader)
    for body in (
        "The first.",
        "Gone back to, and written anew.",
        "Gone back to, and written anew.",
    ):
        client.post(ADDRESS, {"body": body, "key": "k1"})
    assert [comment.body for comment in Comment.objects.order_by("pk")] == [
        "The first.",
        "Gone back to, and written anew.",
    ]


def test_a_text_that_was_taken_back_can_be_posted_again(
    article: Article, reader: User, client_of: Callable
) -> None:
    client = client_of(reader)
    client.post(ADDRESS, {"body": "On third thought.", "key": "k1"})
    delete_comment(Comment.objects.get())
    client.post(ADDRESS, {"body": "On third thought.", "key": "k1"})
    assert Comment.objects.published().count() == 1


def test_control_characters_do_not_break_the_feed(
    article: Article, reader: User, client_of: Callable
) -> None:
    client_of(reader).post(ADDRESS, {"body": "bell \x08 \x1b[31m", "key": "k1"})
    assert Client().get("/articles/high-tide/feed/").status_code == 200


def test_who_opens_the_address_of_the_form_is_led_to_it(article: Article) -> None:
    for address in (ADDRESS, f"{ADDRESS}preview/", f"{ADDRESS}forgot/"):
        assert Client().get(address).url == "/articles/high-tide/#compose"


@pytest.mark.django_db(transaction=True)
def test_posting_and_editing_do_not_wait_for_each_other_for_ever(say: Say, reader: User) -> None:
    head = say("The first.")

    def work(number: int) -> None:
        try:
            if number % 3:
                say(f"Reply {number}", parent=head)
            else:
                edit_comment(Comment.objects.get(pk=head.pk), body=f"The first, edition {number}.")
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(work, range(60)))
    assert Discussion.objects.get().comment_count == 41


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_make_one_comment(
    article: Article, reader: User, client_of: Callable
) -> None:
    clients = [client_of(reader) for _ in range(20)]

    def post(client: Client) -> str:
        try:
            return str(client.post(ADDRESS, {"body": "Once.", "key": "k1"}).url)
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        answers = set(pool.map(post, clients))
    assert len(answers) == Comment.objects.count() == 1
    assert Discussion.objects.get().comment_count == 1


@pytest.mark.django_db(transaction=True)
def test_counts_are_right_when_many_write_and_delete_at_once(
    article: Article, say: Say, reader: User
) -> None:
    head = say("The first.")

    def write_and_delete(number: int) -> None:
        try:
            comment = say(f"Reply {number}", by=reader, parent=head)
            if number % 2:
                delete_comment(comment)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write_and_delete, range(12)))
    head.refresh_from_db()
    assert (Discussion.objects.get().comment_count, head.reply_count) == (7, 6)


@pytest.mark.parametrize(
    "body",
    [
        *(
            "",
            "   ",
            "\n\n",
            "\u200b",
            "\u00a0",
            "&nbsp;",
            "\u3164",
            "\u2800",
            "\u2060\ufeff",
            "\u0301",
            "&#8203;",
        ),
        *("[](https://example.org/)", ">", "> >\n>", "```\n```", "```js\n\n```", "`\u200b`"),
    ],
)
def test_an_empty_comment_is_refused_with_a_message(
    body: str, article: Article, reader: User, client_of: Callable
) -> None:
    response = client_of(reader).post(ADDRESS, {"body": body, "key": "k1"})
    assert response.status_code == 422
    assert "Your comment is empty" in response.content.decode()


def test_a_comment_too_long_comes_back_whole(
    article: Article, reader: User, client_of: Callable
) -> None:
    body = "x" * (COMMENT_MAX_LENGTH + 7)
    response = client_of(reader).post(ADDRESS, {"body": body, "key": "k1"})
    assert response.status_code == 422
    assert body in response.content.decode()
    assert "7 characters too long" in response.content.decode()


def test_a_line_break_counts_once(article: Article, reader: User, client_of: Callable) -> None:
    body = "x\r\n" * (COMMENT_MAX_LENGTH // 2 - 1)
    client_of(reader).post(ADDRESS, {"body": body, "key": "k1"})
    assert Comment.objects.count() == 1


def test_a_null_character_is_refused_not_a_failure(
    article: Article, reader: User, client_of: Callable
) -> None:
    assert client_of(reader).post(ADDRESS, {"body": "a\x00b", "key": "k1"}).status_code == 422


@pytest.mark.parametrize("parent", ["999999", "-1", "x", "9" * 30])
def test_a_parent_that_is_not_there_keeps_the_text(
    parent: str, article: Article, reader: User, client_of: Callable
) -> None:
    response = client_of(reader).post(
        ADDRESS, {"body": "To nobody.", "parent": parent, "key": "k1"}
    )
    assert response.status_code == 422
    assert "To nobody." in response.content.decode()


def test_a_removed_comment_takes_no_reply(
    say: Say, moderator: User, reader: User, client_of: Callable
) -> None:
    gone = say("Spam.")
    decisions.remove(gone, by=moderator, reason="spam")
    response = client_of(reader).post(ADDRESS, {"body": "But…", "parent": gone.pk, "key": "k1"})
    assert response.status_code == 422
    assert "is gone" in response.content.decode()


def test_a_parent_from_another_discussion_is_refused(
    say: Say, topic: object, reader: User, client_of: Callable
) -> None:
    elsewhere = say("Elsewhere.")
    render_and_save(Article(title="Other", slug="other", body="x", status="published"))
    response = client_of(reader).post(
        "/articles/other/comments/", {"body": "Hm.", "parent": elsewhere.pk, "key": "k"}
    )
    assert response.status_code == 422


def test_a_discussion_closed_meanwhile_keeps_the_text(
    article: Article, discussion: Discussion, moderator: User, reader: User, client_of: Callable
) -> None:
    locking.close(discussion, by=moderator)
    response = client_of(reader).post(ADDRESS, {"body": "Too late.", "key": "k1"})
    assert response.status_code == 409
    assert "Too late." in response.content.decode()
    assert Draft.objects.get().body == "Too late."
    assert Comment.objects.count() == 0


def test_somebody_too_fast_is_told_when_and_keeps_the_text(
    article: Article, reader: User, client_of: Callable, settings: Settings
) -> None:
    settings.COMMENT_RATE = (2, 60)
    client = client_of(reader)
    answers = [client.post(ADDRESS, {"body": f"Words {n}", "key": f"k{n}"}) for n in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert "Words 2" in answers[2].content.decode()
    assert "You are posting too fast. Try again in" in answers[2].content.decode()


def test_a_suspended_person_is_told_until_when(
    article: Article, reader: User, moderator: User, client_of: Callable
) -> None:
    until = timezone.now() + timedelta(days=3)
    impose(Sanction(person=reader, until=until, reason="unkind"), by=moderator)
    response = client_of(reader).post(ADDRESS, {"body": "Let me in.", "key": "k1"})
    assert response.status_code == 403
    assert "Let me in." in response.content.decode()


def test_what_was_kept_is_offered_again_on_the_article(
    article: Article, discussion: Discussion, moderator: User, reader: User, client_of: Callable
) -> None:
    locking.close(discussion, by=moderator)
    client = client_of(reader)
    client.post(ADDRESS, {"body": "Too late.", "key": "k1"})
    locking.reopen(discussion, by=moderator)
    assert "You have an unfinished comment" in client.get("/articles/high-tide/").content.decode()
    client.post(ADDRESS, {"body": "Too late.", "key": "k1"})
    assert (
        "You have an unfinished comment" not in client.get("/articles/high-tide/").content.decode()
    )


def test_a_draft_article_is_not_there_to_be_answered(
    article: Article, reader: User, client_of: Callable
) -> None:
    article.status = Article.Status.DRAFT
    render_and_save(article)
    assert client_of(reader).post(ADDRESS, {"body": "Hello", "key": "k1"}).status_code == 404


def test_a_former_address_still_takes_comments(
    article: Article, reader: User, client_of: Callable
) -> None:
    article.slug = "later-tides"
    render_and_save(article)
    assert (
        client_of(reader)
        .post(ADDRESS, {"body": "Hello", "key": "k1"})
        .url.startswith("/articles/later-tides/")
    )


def test_preview_shows_what_would_be_posted_and_posts_nothing(
    article: Article, reader: User, client_of: Callable
) -> None:
    response = client_of(reader).post(f"{ADDRESS}preview/", {"body": "**Bold**", "key": "k1"})
    assert "<p><strong>Bold</strong></p>" in response.content.decode()
    assert Comment.objects.count() == 0


def test_a_forged_post_is_refused(article: Article, reader: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(reader, backend="allauth.account.auth_backends.AuthenticationBackend")
    response = client.post(
        ADDRESS, {"body": "Forged", "key": "k1"}, HTTP_SEC_FETCH_SITE="cross-site"
    )
    assert response.status_code == 403
    assert Comment.objects.count() == 0
