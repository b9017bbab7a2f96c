"""Articles with their discussions, and people, are deleted; the log stays whole."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.administrators import LastAdministrator
from accounts.models import User
from accounts.rights import NotAllowed
from articles.models import Article
from articles.writing import render_and_save
from forum.maintenance.deletion import delete_article
from forum.models import (
    Case,
    Comment,
    DecisionText,
    Discussion,
    Flag,
    FlagReason,
    ModerationAction,
    Objection,
    Sanction,
    Split,
    Visit,
    Vote,
)
from forum.moderation import decisions, locking, pins
from forum.moderation.sanctions import impose
from forum.posting.edit import edit_comment
from forum.posting.post import post_comment
from privacy.requests import delete_now
from tests.conftest import person

Say = Callable[..., Comment]


def is_whole() -> bool:
    out = StringIO()
    try:
        call_command("check_integrity", stdout=out)
    except SystemExit:
        raise AssertionError(out.getvalue()) from None
    return True


@pytest.fixture
def other(reader: User) -> Comment:
    """A comment on another article."""
    article = Article(title="Wind", slug="wind", body="It blows.", status=Article.Status.PUBLISHED)
    render_and_save(article)
    return post_comment(
        Discussion.objects.of(article), by=reader, body="Elsewhere.", key="else", at=timezone.now()
    )


@pytest.fixture
def lived_in(say: Say, reader: User, other_reader: User, moderator: User) -> Discussion:
    """A discussion with a row in every table that has rows for discussions."""
    head = say("Head.")
    reply = say("Reply.", by=other_reader, parent=head)
    below = say("Below.", parent=reply)
    Vote.objects.cast(comment=head, by=other_reader, value=1)
    Vote.objects.cast(comment=reply, by=reader, value=1)
    reason = FlagReason.objects.create(name="Spam", reason="spam")
    Flag.objects.make(comment=reply, by=reader, reason=reason, note="Look.")
    edit_comment(below, body="Below, and changed.")
    removal = decisions.remove(
        Comment.objects.get(pk=reply.pk), by=moderator, reason="spam", note="third time"
    )
    assert removal
    Objection.objects.create(action=removal, person=other_reader, words="It was not.")
    pins.pin(Comment.objects.get(pk=head.pk), by=moderator)
    Split.objects.away(Comment.objects.get(pk=below.pk), by=moderator)
    discussion = Discussion.objects.get(pk=head.discussion_id)
    Visit.objects.record(person=reader, discussion=discussion, seen=below.pk)
    locking.close(discussion, by=moderator, note="Enough.")
    return discussion


def test_an_article_goes_with_its_discussion(
    lived_in: Discussion, other: Comment, moderator: User, article: Article
) -> None:
    keys = set(Comment.objects.exclude(pk=other.pk).values_list("pk", flat=True))
    seals = list(ModerationAction.objects.values_list("seal", flat=True))
    delete_article(article, by=moderator)
    assert list(Comment.objects.all()) == [other]
    assert not Article.objects.filter(slug="high-tide").exists()
    for model in (Vote, Flag, Case, Visit, Split, DecisionText):
        assert not model.objects.exists()
    lines = ModerationAction.objects.all()
    assert list(lines.values_list("seal", flat=True)) == seals
    assert {line.comment_key for line in lines if line.comment_key} <= keys
    assert {line.discussion_key for line in lines if line.discussion_key} == {lived_in.pk}
    assert {(line.comment, line.discussion, line.words, line.note) for line in lines} == {
        (None, None, "", "")
    }
    assert is_whole()


def test_the_pages_of_the_log_open_afterwards(
    lived_in: Discussion, moderator: User, article: Article, client_of: Callable[[User], Client]
) -> None:
    delete_article(article, by=moderator)
    pages = [
        reverse(name)
        for name in ("moderation_log", "moderation_report", "objections", "queue", "statements")
    ]
    pages += [
        "/admin/forum/moderationaction/",
        "/admin/forum/sanction/",
        reverse("person_history", args=["Tomas Reyle"]),
    ]
    pages += [reverse("objection", args=[Objection.objects.get().pk])]
    desk = client_of(moderator)
    assert [desk.get(page).status_code for page in pages] == [200] * len(pages)


def test_a_person_goes_and_their_comments_stay_without_a_name(
    lived_in: Discussion, reader: User, other_reader: User, moderator: User
) -> None:
    impose(Sanction(person=reader, kind="ban", reason="spam"), by=moderator, note="Enough.")
    head = Comment.objects.get(body="Head.")
    for gone in (reader, other_reader):
        key = gone.pk
        delete_now(gone, by=moderator)
        assert not ModerationAction.objects.filter(person_key=key, text__isnull=False).exists()
    assert Comment.objects.get(pk=head.pk).author is None
    assert Comment.objects.get(pk=head.pk).helpful == 0
    assert is_whole()


def test_an_author_of_an_article_goes(say: Say, author: User, moderator: User) -> None:
    head = say("Why?")
    say("Because.", by=author, parent=head)
    assert Comment.objects.get(pk=head.pk).latest_author_reply
    delete_now(author, by=moderator)
    assert Article.objects.get().author is None
    assert is_whole()


def test_two_who_used_the_same_key_go(
    discussion: Discussion, reader: User, other_reader: User, moderator: User
) -> None:
    for writer in (reader, other_reader):
        post_comment(discussion, by=writer, body="Same form.", key="same", at=timezone.now())
    delete_now(reader, by=moderator)
    delete_now(other_reader, by=moderator)
    assert Comment.objects.filter(author=None).count() == 2


def test_a_long_chain_of_replies_goes(say: Say, article: Article, moderator: User) -> None:
    comment = say("1")
    for number in range(60):
        comment = say(str(number), parent=comment)
    delete_article(article, by=moderator)
    assert not Comment.objects.exists()


def test_only_who_may_deletes(
    article: Article, reader: User, other_reader: User, moderator: User
) -> None:
    with pytest.raises(NotAllowed):
        delete_article(article, by=reader)
    with pytest.raises(NotAllowed):
        delete_now(other_reader, by=reader)
    with pytest.raises(LastAdministrator):
        delete_now(moderator, by=moderator)


# --- In the admin ---


@pytest.fixture
def desk(moderator: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(moderator)


@pytest.mark.parametrize("is_many", [True, False])
@pytest.mark.parametrize("kind", ["article", "person"])
def test_the_admin_says_what_goes_and_deletes_it(
    kind: str,
    is_many: bool,
    lived_in: Discussion,
    reader: User,
    moderator: User,
    article: Article,
    desk: Client,
) -> None:
    until = timezone.now() + timedelta(days=1)
    impose(Sanction(person=reader, kind="silence", until=until, reason="spam"), by=moderator)
    row: Any = article if kind == "article" else reader
    base = "admin:articles_article" if kind == "article" else "admin:accounts_user"
    address = reverse(f"{base}_changelist") if is_many else reverse(f"{base}_delete", args=[row.pk])
    fields = {"action": "delete_selected", "_selected_action": [row.pk]} if is_many else {}
    asked = desk.post(address, fields) if is_many else desk.get(address)
    words = "all 3 comments" if kind == "article" else "2 comments stay, without a name"
    assert words in asked.content.decode()
    desk.post(address, {**fields, "post": "yes"})
    assert not type(row).objects.filter(pk=row.pk).exists()
    assert is_whole()


@pytest.mark.parametrize("is_many", [True, False])
def test_the_admin_keeps_the_last_administrator(
    is_many: bool, moderator: User, desk: Client
) -> None:
    person("Ada Extra")
    base = "admin:accounts_user"
    address = (
        reverse(f"{base}_changelist") if is_many else reverse(f"{base}_delete", args=[moderator.pk])
    )
    fields = {
        "action": "delete_selected",
        "_selected_action": [User.objects.get(pk=moderator.pk).pk],
    }
    page = desk.post(address, {**(fields if is_many else {}), "post": "yes"}, follow=True)
    assert "last active administrator" in page.content.decode()
    assert User.objects.administrators().exists()
