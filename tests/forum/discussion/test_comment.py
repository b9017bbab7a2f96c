from collections.abc import Callable
from datetime import timedelta

import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import User
from articles.models import Article
from articles.writing import render_and_save
from forum.models import Comment, Discussion, Sanction
from forum.moderation import decisions
from forum.moderation.sanctions import impose
from forum.posting.edit import delete_comment

Say = Callable[..., Comment]


def page(comment: Comment, client: Client | None = None) -> str:
    return (client or Client()).get(comment.get_absolute_url()).content.decode()


def test_a_comment_is_shown_in_its_context(say: Say, other_reader: User) -> None:
    head = say("The question.")
    middle = say("The answer.", by=other_reader, parent=head)
    say("The thanks.", parent=middle)
    shown = page(middle)
    assert [words in shown for words in ("The question.", "The answer.", "The thanks.")] == [
        True
    ] * 3


def test_a_comment_that_never_was_is_said_so(article: Article, client: Client) -> None:
    response = client.get("/comments/404/")
    assert response.status_code == 404
    assert "There is no comment at this address" in response.content.decode()


def test_a_deleted_comment_is_gone(say: Say) -> None:
    comment = say("Nothing to see.")
    delete_comment(comment)
    response = Client().get(comment.get_absolute_url())
    assert response.status_code == 410
    assert "Nothing to see." not in response.content.decode()
    assert "Back to the discussion" in response.content.decode()


def test_a_deleted_comment_with_replies_keeps_its_place(say: Say) -> None:
    head = say("Never mind.")
    say("But I do.", parent=head)
    delete_comment(head)
    response = Client().get(head.get_absolute_url())
    assert response.status_code == 200
    assert "Deleted by the author" in response.content.decode()
    assert "Never mind." not in response.content.decode()


def test_a_removed_comment_says_by_whom_and_why(say: Say, moderator: User) -> None:
    comment = say("Buy now.")
    decisions.remove(comment, by=moderator, reason="spam")
    shown = page(comment)
    assert "Removed by a moderator" in shown
    assert "Spam" in shown
    assert "Buy now." not in shown


def test_a_comment_leads_to_its_place_in_the_discussion(say: Say) -> None:
    comments = [say(f"Thread {n}") for n in range(25)]
    oldest = comments[0]
    place = f"/articles/high-tide/?after=0_{oldest.pk + 1}"
    assert f'href="{place}#c{oldest.pk}"' in page(oldest)
    assert f'id="c{oldest.pk}"' in Client().get(place).content.decode()


def test_a_comment_on_a_draft_article_is_not_there(say: Say, article: Article) -> None:
    comment = say("Early.")
    article.status = Article.Status.DRAFT
    render_and_save(article)
    assert Client().get(comment.get_absolute_url()).status_code == 404


def test_an_author_edits_within_half_an_hour(say: Say, reader: User, client_of: Callable) -> None:
    comment = say("Teh tide.")
    client_of(reader).post(f"/comments/{comment.pk}/edit/", {"body": "The tide."})
    comment.refresh_from_db()
    assert (comment.html, comment.edited_at) == ("<p>The tide.</p>", None)


def test_an_edit_after_an_answer_is_marked(
    say: Say, reader: User, other_reader: User, client_of: Callable
) -> None:
    comment = say("Low tide.")
    say("No.", by=other_reader, parent=comment)
    client_of(reader).post(f"/comments/{comment.pk}/edit/", {"body": "High tide."})
    assert "Edited" in page(comment)


def test_an_edit_too_late_is_refused_and_keeps_the_words(
    say: Say, reader: User, client_of: Callable
) -> None:
    comment = say("Before.")
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        response = client_of(reader).post(f"/comments/{comment.pk}/edit/", {"body": "After."})
    assert response.status_code == 403
    assert "After." in response.content.decode()


def test_nobody_edits_or_deletes_for_somebody_else(
    say: Say, other_reader: User, client_of: Callable
) -> None:
    comment, client = say("Mine."), client_of(other_reader)
    assert client.post(f"/comments/{comment.pk}/edit/", {"body": "Yours."}).status_code == 403
    assert client.post(f"/comments/{comment.pk}/delete/").status_code == 403
    assert client.post(f"/comments/{comment.pk}/undelete/").status_code == 403


def test_a_suspended_person_does_not_write_by_editing(
    say: Say, reader: User, moderator: User, client_of: Callable
) -> None:
    comment = say("Before.")
    impose(
        Sanction(person=reader, until=timezone.now() + timedelta(days=1), reason="unkind"),
        by=moderator,
    )
    assert (
        client_of(reader).post(f"/comments/{comment.pk}/edit/", {"body": "After."}).status_code
        == 403
    )


def test_comments_of_an_article_yet_to_come_are_shown_nowhere(
    say: Say, article: Article, reader: User
) -> None:
    say("canary")
    article.published_at = timezone.now() + timedelta(days=1)
    render_and_save(article)
    for address in (
        "/",
        reader.get_absolute_url(),
        "/articles/high-tide/",
        "/articles/high-tide/feed/",
    ):
        assert "canary" not in Client().get(address).content.decode()


def test_a_deletion_can_be_undone(say: Say, reader: User, client_of: Callable) -> None:
    comment, client = say("On second thought."), client_of(reader)
    client.post(f"/comments/{comment.pk}/delete/")
    assert Discussion.objects.get().comment_count == 0
    client.post(f"/comments/{comment.pk}/undelete/")
    assert Discussion.objects.get().comment_count == 1
    assert "On second thought." in page(comment)


def test_taking_a_comment_back_at_once_keeps_its_words(
    say: Say, reader: User, client_of: Callable
) -> None:
    comment, client = say("Not quite what I meant."), client_of(reader)
    client.post(f"/comments/{comment.pk}/delete/", {"undo": "1"})
    assert "You have an unfinished comment" in client.get("/articles/high-tide/").content.decode()
    assert reader.drafts.get().body == "Not quite what I meant."


def test_a_deletion_can_be_undone_for_half_an_hour(
    say: Say, reader: User, client_of: Callable
) -> None:
    comment, client = say("Gone."), client_of(reader)
    client.post(f"/comments/{comment.pk}/delete/")
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        assert client.post(f"/comments/{comment.pk}/undelete/").status_code == 403


def test_an_author_cannot_undo_what_a_moderator_did(
    say: Say, reader: User, moderator: User, client_of: Callable
) -> None:
    comment = say("Rude.")
    decisions.remove(comment, by=moderator, reason="unkind")
    assert client_of(reader).post(f"/comments/{comment.pk}/undelete/").status_code == 403


def test_a_reply_page_shows_what_is_answered(say: Say) -> None:
    shown = Client().get(f"/comments/{say('Ask me.').pk}/reply/").content.decode()
    assert "Ask me." in shown
    assert "Reply to Ines Okafor" in shown
