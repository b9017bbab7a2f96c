from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from forum.models import Comment, Discussion, Lesson
from forum.moderation import decisions
from forum.posting.edit import delete_comment, edit_comment
from forum.screening.models import lesson
from forum.screening.spam import judge
from forum.screening.spam.fingerprint import fingerprint
from forum.screening.spam.judgement import forget
from forum.screening.spam.opening import new_key
from forum.screening.spam.signs import SIGNS, said
from forum.screening.spam.tokens import sites, tokens
from forum.screening.spam.weights import priors, score
from tests.conftest import OUR_PAGE

Say = Callable[..., Comment]
PITCH = (
    "My uncle sells the finest umbrellas in all of Brighton at umbrellas.example.com, open on "
    "Sundays too."
)


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    forget()
    yield
    forget()


def names(body: str, **known: object) -> set[str]:
    return {word for word, _ in judge(body, **known).words}


# --- What is read in a text ---


@pytest.mark.parametrize(
    ("body", "token"),
    [
        ("Make money now", "make money"),
        ("ＦＲＥＥ", "free"),
        ("f\u200bree", "free"),
        ("See https://www.Example.com/a?b", "@example.com"),
        ("see example.com/offer", "@example.com"),
        ("bit.ly/x3", "#shortened link"),
        ("THIS IS WRITTEN LOUD", "#capitals"),
        ("write to a.b@example.org", "#mail address"),
        ("call +44 20 7946 0958", "#phone number"),
        ("only $50", "#sum of money"),
    ],
)
def test_what_speaks_for_spam_is_found(body: str, token: str) -> None:
    assert token in tokens(body)


@pytest.mark.parametrize(
    "body", ["a sentence.Then another", "version 3.11.7", "me@example.com", "e.g. this"]
)
def test_what_is_no_link_is_none(body: str) -> None:
    assert sites(body) == []


def test_the_same_text_is_found_whatever_its_dress() -> None:
    assert fingerprint("Best umbrellas of all the town, come!") == fingerprint(
        "BEST  umbrellas of all\nthe town; come"
    )
    assert fingerprint("Thank you!") is None


def test_every_sign_can_be_said() -> None:
    signs = {token for token in priors() if token.startswith("#")}
    assert signs <= SIGNS.keys()
    assert [said("#link"), said("@example.com"), said("buy now")] == [
        "has a link",
        "links to example.com",
        "“buy now”",
    ]


@pytest.mark.parametrize(
    "body", [".a" * 2500, "1 " * 2500, "a@" * 2500, "www." * 1250, "!" * 5000, "-a." * 1666]
)
def test_no_text_takes_long(body: str) -> None:
    tokens(body)  # faulthandler_timeout says where it hangs


# --- On the first day ---


def test_the_priors_know_common_spam() -> None:
    assert (
        score(
            priors(),
            tokens("Subscribe to my channel! Click here to earn money from home http://bit.ly/q"),
        )
        > 0.95
    )


def test_the_priors_let_people_talk() -> None:
    said = (
        "I think the second paragraph is wrong: the tide was higher in 1953, see "
        "https://example.org/tables."
    )
    assert score(priors(), tokens(said)) < 0.3


def test_a_judgement_names_what_weighed_most(db: None) -> None:
    assert judge("Subscribe, please").words[0] == ("subscribe", 3.0)


# --- What is known on this site ---


def test_a_text_said_twice_is_named(say: Say) -> None:
    assert "#same text" not in names(PITCH)
    comment = say(PITCH)
    assert "#same text" in names(PITCH.upper())
    assert "#same text" not in names(PITCH, without=comment.pk)


def test_who_deletes_words_and_posts_them_again_says_them_once(say: Say) -> None:
    delete_comment(say(PITCH))
    assert "#same text" not in names(PITCH)


def test_what_was_removed_as_spam_is_known_at_once(say: Say, moderator: User) -> None:
    before = judge(PITCH).score
    decisions.erase(say(PITCH), by=moderator, reason="spam")
    assert {"#same text as spam", "#site of spam"} <= names(PITCH)
    assert judge(PITCH).score > 0.5 > before
    assert "#site of spam" in names("Where else? umbrellas.example.com")


def test_a_restored_comment_gives_its_site_a_good_name_again(say: Say, moderator: User) -> None:
    comment = say(PITCH)
    decisions.remove(comment, by=moderator, reason="spam")
    decisions.restore(comment, by=moderator)
    assert "#site of spam" not in names(PITCH)


def test_a_site_that_is_often_linked_to_is_known(say: Say) -> None:
    for number in range(5):
        say(f"Table {number}: example.org/tables")
    assert "#known site" in names("As in example.org")


def test_an_edit_changes_what_a_comment_links_to(say: Say) -> None:
    comment = say("See one.example.com for more")
    edit_comment(comment, body="See two.example.com for more")
    assert [link.domain for link in comment.links.all()] == ["two.example.com"]


# --- The form ---


def test_words_sent_faster_than_typed_are_named(db: None) -> None:
    key = new_key()
    assert "#hurried" in names("This is my considered opinion.", key=key)
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        assert "#hurried" not in names("This is my considered opinion.", key=key)


@pytest.mark.parametrize(
    "key", ["", "1b671a64-40d5-491e-99b0-da01ff1f3341", "forged:1abcde:signature"]
)
def test_a_key_that_says_no_time_says_nothing(key: str, db: None) -> None:
    assert "#hurried" not in names("This is my considered opinion.", key=key)


def test_a_key_fits_its_column() -> None:
    assert len(new_key()) <= 64


def test_a_program_that_fills_in_everything_posts_nothing(
    client_of: Callable[[User], Client], reader: User, discussion: Discussion
) -> None:
    filled = {"body": "Hello everybody", "subject": "Hello"}
    response = client_of(reader).post(
        f"/articles/{discussion.article.slug}/comments/", filled, **OUR_PAGE
    )
    assert response.status_code == 422
    assert "looks like an automated post" in response.content.decode()
    assert "Hello everybody" in response.content.decode()
    assert not Comment.objects.exists()


# --- Learning ---


@pytest.fixture
def decided(say: Say, moderator: User) -> None:
    """Decide that umbrellas are spam, of which the priors know nothing."""
    for number in range(12):
        decisions.erase(
            say(f"Umbrellas number {number} from Brighton, waterproof"), by=moderator, reason="spam"
        )
        say(f"The tide at noon was {number} inches higher than the harbour wall")
    Comment.objects.update(created_at=timezone.now() - timedelta(days=4))


def test_the_site_learns_what_its_moderators_take_for_spam(decided: None) -> None:
    before = judge("Waterproof umbrellas from Brighton").score
    call_command("learn_spam")
    forget()  # as a minute later
    assert judge("Waterproof umbrellas from Brighton").score > 0.5 > before
    assert judge("The tide at the harbour").score < 0.2
    assert "umbrellas" in names("Waterproof umbrellas")


def test_what_the_priors_know_is_not_forgotten(decided: None) -> None:
    Lesson.objects.learn()
    assert judge("Subscribe to my channel, click here to make money").score > 0.9


def test_nothing_is_learnt_from_little(say: Say, moderator: User) -> None:
    decisions.erase(say(PITCH), by=moderator, reason="spam")
    assert Lesson.objects.learn() is None


def test_a_removal_for_another_reason_teaches_nothing(say: Say, moderator: User) -> None:
    for number in range(12):
        decisions.remove(say(f"Rude words {number}"), by=moderator, reason="unkind")
    assert Lesson.objects.learn() is None


def test_five_lessons_are_kept(decided: None) -> None:
    lessons = [Lesson.objects.learn() for _ in range(7)]
    assert list(Lesson.objects.all()) == lessons[:1:-1]


def test_decisions_set_the_site_learning(
    say: Say, moderator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lesson, "TEACHES", 1)
    decisions.remove(say(PITCH), by=moderator, reason="spam")
    assert DBTaskResult.objects.filter(task_path="forum.tasks.learn_from_decisions").count() == 1
