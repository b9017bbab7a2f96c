"""Before it shows: what becomes of a comment that a rule or the policy of its place is about."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from articles.models import Article, Topic
from forum.models import Case, Comment, Discussion, Draft, ModerationAction, Moderator, Policy, Rule
from forum.moderation import decisions
from forum.posting.drafts import post_draft
from forum.posting.post import compose, post_comment
from forum.screening.trust import COMMENTS_PUBLISHED, DAYS_HERE, trust_of

Say = Callable[..., Comment]
ADDRESS = "/articles/high-tide/comments/"
CANARY = "canary-7f3a about the tide"


@pytest.fixture(autouse=True)
def no_rules(db: None) -> None:
    Rule.objects.all().delete()


@pytest.fixture
def client(reader: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(reader)


def rule(verdict: str = "hold", **fields: Any) -> Rule:
    fields = {
        "check_kind": "words",
        "words": "canary-7f3a",
        "explanation": "No canaries.",
        **fields,
    }
    return Rule.objects.create(name="Birds", verdict=verdict, is_on=True, **fields)


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


# --- Policies ---


@pytest.mark.parametrize("place", ["article", "topic", "site"])
def test_before_moderation_holds_every_comment(
    place: str, article: Article, topic: Topic, client: Client
) -> None:
    where = {"article": {"article": article}, "topic": {"topic": topic}, "site": {}}[place]
    Policy.objects.create(mode="before", **where)
    assert write(client).status_code == 303
    assert Case.objects.get().cause == "before"
    assert (
        "after a moderator has approved them"
        in Client().get("/articles/high-tide/").content.decode()
    )


def test_the_nearest_policy_decides(article: Article, topic: Topic, client: Client) -> None:
    Policy.objects.create(mode="closed"), Policy.objects.create(mode="before", topic=topic)
    Policy.objects.create(mode="after", article=article)
    assert write(client).status_code == 302


@pytest.mark.parametrize("written", [False, True])
def test_a_closed_place_offers_no_form_and_takes_no_comment(
    written: bool, article: Article, say: Say, client: Client
) -> None:
    if written:
        say("Before.")
    Policy.objects.create(mode="closed")
    page = Client().get("/articles/high-tide/").content.decode()
    assert "The discussion is closed." in page
    assert 'id="compose"' not in page
    assert "/reply/" not in page
    answer = write(client)
    assert (answer.status_code, Draft.objects.count()) == (409, 1)


# --- What it costs, and who is trusted ---


def test_without_rules_it_costs_one_query(
    discussion: Discussion,
    say: Say,
    reader: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    from forum.posting.intake import screen_new

    comment = compose(
        discussion=say("x").discussion,
        author=reader,
        body="Words.",
        parent=None,
        key="k",
        at=timezone.now(),
    )
    with django_assert_num_queries(1):
        assert screen_new(comment, by=reader) is None
    rule()
    with django_assert_num_queries(3):
        assert screen_new(comment, by=reader) is None


@pytest.fixture
def trusted(reader: User, say: Say) -> User:
    User.objects.filter(pk=reader.pk).update(date_joined=timezone.now() - DAYS_HERE)
    reader.refresh_from_db()
    for number in range(COMMENTS_PUBLISHED):
        say(f"Comment {number}")
    Comment.objects.update(ranked_helpful=1)
    return reader


def test_a_trusted_reader_passes_a_rule_that_trusts(trusted: User, client: Client) -> None:
    rule("refuse")
    assert write(client).status_code == 302
    assert "You are a trusted reader" in client.get("/accounts/").content.decode()


def test_trust_is_lost_as_it_was_earned(trusted: User, moderator: User, client: Client) -> None:
    decisions.remove(Comment.objects.all()[0], by=moderator, reason="spam")
    assert not trust_of(trusted).is_trusted
    assert "You are a trusted reader" not in client.get("/accounts/").content.decode()


def test_who_is_new_is_not_trusted(reader: User) -> None:
    assert not trust_of(reader).is_trusted


# --- How long it takes ---


def test_the_usual_wait_is_told_once_enough_was_decided(
    held: Comment, say: Say, moderator: User, client: Client
) -> None:
    opened = timezone.now() - timedelta(minutes=100)
    for number in range(5):
        assert "usually" not in client.get(held.get_absolute_url()).content.decode()
        other = say(f"Other {number}")
        case = Case.objects.open(other, cause="flags", severity=1, opened_at=opened)
        action = decisions.approve(other, by=moderator)
        assert action
        assert Case.objects.get(pk=case.pk).decided_at
    from django.core.cache import cache

    cache.clear()
    assert "usually within 2 hours" in client.get(held.get_absolute_url()).content.decode()


# --- The admin ---


def fields(**changes: Any) -> dict[str, Any]:
    given = {
        "name": "Birds",
        "position": 1,
        "check_kind": "words",
        "words": "canary",
        "verdict": "hold",
    }
    return {**given, "number": "", "explanation": "No canaries.", "trusts": "on", **changes}


@pytest.mark.parametrize(
    "changes",
    [
        {"words": ""},
        {"words": " … \n"},
        {"check_kind": "domains", "words": "ftp://"},
        {"check_kind": "links"},
        {"check_kind": "speed", "number": 0},
        {"check_kind": "spam", "number": 101},
    ],
)
def test_a_rule_that_could_not_work_is_not_saved(
    changes: dict, moderator: User, client_of: Callable
) -> None:
    answer = client_of(moderator).post(reverse("admin:forum_rule_add"), fields(**changes))
    assert (answer.status_code, Rule.objects.count()) == (200, 0)


TOO_LONG = {
    "This list has 2,001 lines: the limit is 2,000.": "\n".join(
        f"bird{number}" for number in range(2001)
    ),
    "This list has 100,001 characters: the limit is 100,000.": "a" * 100_001,
    "201 lines of several words have a *: the limit is 200.": "\n".join(
        f"big bird{number}*" for number in range(201)
    ),
}


@pytest.mark.parametrize("said", TOO_LONG)
@pytest.mark.parametrize("field", ["words", "and_words"])
def test_a_list_that_is_too_long_is_refused(
    said: str, field: str, moderator: User, client_of: Callable
) -> None:
    changes = {"and_check_kind": "words", "and_words": "canary", field: TOO_LONG[said]}
    answer = client_of(moderator).post(reverse("admin:forum_rule_add"), fields(**changes))
    assert said in answer.content.decode()
    with pytest.raises(ValidationError):
        rule(**changes)
    assert Rule.objects.count() == 0


def test_a_list_of_the_longest_is_saved(moderator: User, client_of: Callable) -> None:
    words = "\n".join(
        [*(f"bird{number}*" for number in range(1800)), *(f"a b{number}*" for number in range(200))]
    )
    client_of(moderator).post(reverse("admin:forum_rule_add"), fields(words=words))
    assert Rule.objects.get().lines == 2000


@pytest.mark.parametrize("is_on", [True, False])
def test_a_list_from_before_the_limit_can_be_switched_off_only(
    is_on: bool, moderator: User, client_of: Callable
) -> None:
    old = rule()
    Rule.objects.update(
        words=TOO_LONG["This list has 100,001 characters: the limit is 100,000."], is_on=is_on
    )
    counts = {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "_save": "Save"}
    sent = {
        "form-0-id": old.pk,
        "form-0-position": 1,
        **counts,
        **({} if is_on else {"form-0-is_on": "on"}),
    }
    answer = client_of(moderator).post(reverse("admin:forum_rule_changelist"), sent)
    assert (
        "This list has 100,001 characters: the limit is 100,000." in answer.content.decode()
    ) is not is_on
    old.refresh_from_db()
    assert not old.is_on


def test_all_lists_that_are_on_are_bounded_together(moderator: User, client_of: Callable) -> None:
    words = "\n".join(f"bird{number}" for number in range(2000))
    for _ in range(10):
        rule(words=words)
    answer = client_of(moderator).post(reverse("admin:forum_rule_add"), fields(is_on="on"))
    assert "room for 0 more: shorten this list, or turn off another rule" in answer.content.decode()
    client_of(moderator).post(reverse("admin:forum_rule_add"), fields())
    assert Rule.objects.filter(is_on=False).count() == 1


def test_the_page_of_a_trial_shows_the_beginning_of_a_long_list(
    moderator: User, client_of: Callable
) -> None:
    tried = rule(words="\n".join(f"bird{number}" for number in range(2000)))
    page = (
        client_of(moderator).get(reverse("admin:forum_rule_try", args=[tried.pk])).content.decode()
    )
    assert "bird49, and 1950 more" in page


def test_a_rule_is_tried_before_it_is_on(say: Say, moderator: User, client_of: Callable) -> None:
    say(CANARY), say("Something else."), say(CANARY, by=moderator)
    browser = client_of(moderator)
    browser.post(reverse("admin:forum_rule_add"), fields())
    saved = Rule.objects.get()
    page = browser.get(reverse("admin:forum_rule_try", args=[saved.pk])).content.decode()
    assert "Of the last 2 comments by readers" in " ".join(page.split())
    assert "this rule matches 1." in page
    assert not saved.is_on
    assert Comment.objects.published().count() == 3


def test_a_trial_that_takes_long_says_how_far_it_looked(
    say: Say, moderator: User, client_of: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    say("One."), say("Two."), say("Three.")
    times = iter([0.0, 0.1, 0.2, 0.5])
    monkeypatch.setattr("forum.screening.trial.thread_time", lambda: next(times))
    page = (
        client_of(moderator).get(reverse("admin:forum_rule_try", args=[rule().pk])).content.decode()
    )
    assert "Of the last 2 comments by readers" in " ".join(page.split())
    assert "Older comments were not checked" in page


def test_each_kind_of_rule_can_be_tried(say: Say, moderator: User, client_of: Callable) -> None:
    say("One."), say("Two.")
    for kind in set(Rule.Check.values) - {"spam"}:
        tried = rule(check_kind=kind, number=1)
        address = reverse("admin:forum_rule_try", args=[tried.pk])
        assert client_of(moderator).get(address).status_code == 200


def test_the_rules_are_listed_in_their_order(moderator: User, client_of: Callable) -> None:
    rule(position=2), rule(position=1)
    assert client_of(moderator).get(reverse("admin:forum_rule_changelist")).status_code == 200
    assert client_of(moderator).get(reverse("admin:forum_policy_add")).status_code == 200


def test_only_who_may_change_rules_tries_one(reader: User, client: Client) -> None:
    address = reverse("admin:forum_rule_try", args=[rule().pk])
    assert client.get(address).status_code == 302
