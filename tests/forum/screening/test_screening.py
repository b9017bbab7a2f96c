"""Before it shows: what becomes of a comment that a rule or the policy of its place is about."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from articles.models import Article, Topic
from forum.models import Case, Comment, Discussion, Draft, ModerationAction, Moderator, Policy, Rule
from forum.moderation import decisions
from forum.posting.drafts import post_draft
from forum.posting.post import post_comment
from tests.forum.screening.rules import rule

Say = Callable[..., Comment]
ADDRESS = "/articles/high-tide/comments/"
CANARY = "canary-7f3a about the tide"


@pytest.fixture(autouse=True)
def no_rules(db: None) -> None:
    Rule.objects.all().delete()


@pytest.fixture
def client(reader: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(reader)


def write(client: Client, body: str = CANARY, **fields: Any) -> Any:
    return client.post(ADDRESS, {"body": body, "key": uuid4().hex, **fields})


def test_a_held_comment_leads_its_author_to_the_reason(article: Article, client: Client) -> None:
    rule()
    answer = write(client)
    held = Comment.objects.get()
    assert (answer.status_code, answer.url, held.status) == (303, held.get_absolute_url(), "held")
    page = client.get(answer.url).content.decode()
    assert "Only you can see this" in page
    assert "No canaries." in page
    assert CANARY in page


def test_a_case_and_a_line_of_the_log_say_why(
    article: Article, client: Client, reader: User
) -> None:
    birds = rule()
    write(client)
    case, line = Case.objects.get(), ModerationAction.objects.get()
    assert (case.cause, case.rule, case.decided_at) == ("rule", birds, None)
    assert (line.kind, line.is_automatic, line.person, line.rule) == ("hold", True, reader, birds)
    assert (line.rule_words, line.words) == ("No canaries.", CANARY)


@pytest.fixture
def held(article: Article, say: Say, client: Client, other_reader: User) -> Comment:
    head = say("The first.", by=other_reader)
    rule()
    write(client, parent=head.pk)
    return Comment.objects.get(status="held")


@pytest.mark.parametrize("who", ["nobody", "another reader"])
def test_nobody_else_finds_a_word_of_it(
    who: str, held: Comment, reader: User, other_reader: User, client_of: Callable
) -> None:
    browser = Client() if who == "nobody" else client_of(other_reader)
    article = "/articles/high-tide/"
    addresses = [
        "/",
        article,
        f"{article}feed/",
        f"{article}live/",
        f"{article}new/?since=0",
        "/feeds/articles/",
    ]
    addresses += [
        "/topics/tides/",
        reader.get_absolute_url(),
        "/sitemap.xml",
        held.get_absolute_url(),
    ]
    addresses += [f"{held.get_absolute_url()}{verb}/" for verb in ("history", "reply", "vote")]
    for address in [*addresses, Comment.objects.earliest("pk").get_absolute_url()]:
        assert "canary" not in browser.get(address, follow=True).content.decode(), address
    assert browser.get(held.get_absolute_url()).status_code == 410


def test_it_counts_nowhere_until_it_is_published(held: Comment, moderator: User) -> None:
    head, discussion = held.root, held.discussion
    assert head
    assert (head.reply_count, discussion.comment_count) == (0, 0 + 1)
    assert decisions.approve(held, by=moderator)
    head.refresh_from_db()
    discussion.refresh_from_db()
    assert (head.reply_count, head.thread_length, discussion.comment_count) == (1, 1, 2)
    assert Case.objects.get().decided_at
    assert CANARY in Client().get("/articles/high-tide/").content.decode()


def test_a_thread_that_waits_has_no_place_until_it_is_published(
    article: Article, client: Client, moderator: User
) -> None:
    rule()
    write(client)
    held = Comment.objects.get()
    assert (held.is_listed, Discussion.objects.get().comment_count) == (False, 0)
    decisions.approve(held, by=moderator)
    held.refresh_from_db()
    live = Client().get("/articles/high-tide/live/").json()
    assert (held.is_listed, live["count"], live["newest"]) == (True, 1, [held.pk])


def test_a_passage_counts_it_once_it_is_published(
    article: Article, client: Client, moderator: User
) -> None:
    rule()
    passage = article.passages.order_by("pk")[0]
    write(client, passage=passage.anchor, passage_edition=passage.edition)
    assert Discussion.objects.get().passage_counts == {}
    decisions.approve(Comment.objects.get(), by=moderator)
    assert Discussion.objects.get().passage_counts == {passage.anchor: 1}


def test_a_moderator_of_the_topic_reads_what_is_held(
    held: Comment, other_reader: User, topic: Topic, client_of: Callable
) -> None:
    Moderator.objects.create(person=other_reader, topic=topic)
    assert CANARY in client_of(other_reader).get(held.get_absolute_url()).content.decode()


def test_its_author_finds_the_way_to_it_on_the_article(
    held: Comment, client: Client, other_reader: User
) -> None:
    assert (
        f'href="{held.get_absolute_url()}"' in client.get("/articles/high-tide/").content.decode()
    )
    assert "waiting for a moderator" not in Client().get("/articles/high-tide/").content.decode()


def test_the_same_press_twice_holds_one_comment(article: Article, client: Client) -> None:
    rule()
    answers = {write(client, key="k1").url for _ in range(2)}
    assert len(answers) == Comment.objects.count() == Case.objects.count() == 1


def test_its_author_can_delete_it_and_bring_it_back_to_wait(held: Comment, client: Client) -> None:
    client.post(f"{held.get_absolute_url()}delete/")
    assert not Case.objects.waiting().exists()
    client.post(f"{held.get_absolute_url()}undelete/")
    held.refresh_from_db()
    assert held.status == "held"
    assert Case.objects.waiting().get().comment == held


def test_a_refused_comment_says_the_rule_and_keeps_the_words(
    article: Article, client: Client
) -> None:
    rule("refuse")
    answer = write(client, key="k1")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "No canaries." in page
    assert CANARY in page
    assert Draft.objects.get().body == CANARY
    assert write(client, body="Only the tide.", key="k1").status_code == 302
    assert [comment.body for comment in Comment.objects.all()] == ["Only the tide."]


def test_who_tries_again_and_again_fills_no_log(article: Article, client: Client) -> None:
    rule("refuse")
    for number in range(3):
        write(client, body=f"{CANARY} {number}")
    assert [line.kind for line in ModerationAction.objects.all()] == ["refuse"]


def test_words_that_waited_for_a_sign_in_are_screened_as_any(
    article: Article, reader: User
) -> None:
    rule()
    kept = {
        "holder": "",
        "person": reader,
        "key": "k",
        "article": article,
        "parent": None,
        "body": CANARY,
    }
    draft, _ = Draft.objects.stash(**kept)
    assert post_draft(draft, by=reader).is_held


@pytest.mark.parametrize("who", ["moderator", "author", "other_reader"])
def test_who_runs_the_place_is_not_screened(
    who: str, request: Any, discussion: Discussion, other_reader: User
) -> None:
    rule("refuse")
    Policy.objects.create(mode="before")
    Moderator.objects.create(person=other_reader)
    comment = post_comment(discussion, by=request.getfixturevalue(who), body=CANARY, key="k")
    assert comment.is_published


# --- Editing ---


def test_an_edit_smuggles_nothing_in(say: Say, client: Client) -> None:
    comment = say("The tide.")
    rule()
    answer = client.post(f"{comment.get_absolute_url()}edit/", {"body": CANARY, "edition": 1})
    comment.refresh_from_db()
    assert (answer.url, comment.status, Case.objects.count()) == (
        comment.get_absolute_url(),
        "held",
        1,
    )
    assert Discussion.objects.get().comment_count == 0
    assert ModerationAction.objects.get().words == CANARY


def test_an_edit_against_a_rule_is_refused_and_kept_in_the_form(say: Say, client: Client) -> None:
    comment = say("The tide.")
    rule("refuse")
    answer = client.post(f"{comment.get_absolute_url()}edit/", {"body": CANARY, "edition": 1})
    assert answer.status_code == 422
    assert "No canaries." in answer.content.decode()
    assert CANARY in answer.content.decode()
    comment.refresh_from_db()
    assert (comment.body, comment.is_published) == ("The tide.", True)


def test_the_usual_wait_is_told_once_enough_was_decided(
    held: Comment, say: Say, moderator: User, client: Client
) -> None:
    opened = timezone.now() - timedelta(minutes=200)
    for number in range(5):
        assert "usually" not in client.get(held.get_absolute_url()).content.decode()
        other = say(f"Other {number}")
        case = Case.objects.open(other, cause="flags", severity=1, opened_at=opened)
        action = decisions.approve(other, by=moderator)
        assert action
        assert Case.objects.get(pk=case.pk).decided_at
    from django.core.cache import cache

    cache.clear()
    assert "Usual waiting time: 4 hours." in client.get(held.get_absolute_url()).content.decode()
