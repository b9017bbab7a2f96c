from collections.abc import Callable
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import User
from articles.models import Article
from forum.models import Comment, Flag, FlagReason, ModerationAction, Sanction
from forum.moderation import decisions, public_log
from forum.moderation.sanctions import impose
from forum.posting import visibility

Say = Callable[..., Comment]


def read(**asked: str) -> str:
    response = Client().get(reverse("moderation_log"), asked)
    assert response.status_code == 200
    return response.content.decode()


def test_each_decision_is_there_with_its_reason_and_the_newest_first(
    say: Say, moderator: User
) -> None:
    comment = say("Hm.")
    decisions.remove(comment, by=moderator, reason="off_topic")
    decisions.restore(comment, by=moderator)
    page = read()
    lines = page[page.index("by-person") :]
    assert (
        lines.index("restored a comment")
        < lines.index("removed a comment")
        < lines.index("Off topic")
    )
    assert f'href="{comment.get_absolute_url()}"' in lines


def test_a_rule_is_named_in_its_words(say: Say) -> None:
    visibility.hold(say("Hm."), by=None, rule_words="Links wait for a moderator.")
    page = read()
    assert "A rule of the site</bdi> held a comment" in page
    assert "Links wait for a moderator." in page


@pytest.mark.parametrize(("is_named", "name"), [(True, "Olwen Pryce"), (False, "A moderator")])
def test_a_moderator_is_named_where_the_publisher_says_so(
    is_named: bool, name: str, removal: ModerationAction, settings: Settings
) -> None:
    settings.MODERATORS_NAMED = is_named
    page = read()
    assert f"<bdi>{name}</bdi>" in page
    assert ("Olwen" in page) is is_named


def test_nobody_is_exposed(
    removal: ModerationAction, other_reader: User, suspension: ModerationAction
) -> None:
    commented = Comment.objects.get()
    reason = FlagReason.objects.create(name="Rude")
    Flag.objects.create(
        comment=commented, person=other_reader, reason=reason, note="canary", weight=100
    )
    page = read()
    hidden = ["You fool of a tide.", "the third this week", "Ines", "Tomas", "canary", "Olwen"]
    assert [words for words in hidden if words in page] == []
    assert "suspended a person" in page


@pytest.mark.parametrize("verb", ["erase", "remove"])
def test_spam_gets_no_link(verb: str, say: Say, moderator: User) -> None:
    comment = say("Buy now.")
    getattr(decisions, verb)(comment, by=moderator, reason="spam")
    assert comment.get_absolute_url() not in read()


def test_an_erased_comment_is_not_linked_from_what_happened_before(
    say: Say, moderator: User
) -> None:
    comment = say("Hm.")
    decisions.remove(comment, by=moderator, reason="other")
    decisions.erase(comment, by=moderator, reason="illegal")
    assert comment.get_absolute_url() not in read()


def test_an_article_that_is_not_public_is_not_named(
    removal: ModerationAction, article: Article
) -> None:
    Article.objects.update(status=Article.Status.DRAFT)
    assert article.title not in read()


def test_it_is_filtered_by_decision_and_reason(say: Say, reader: User, moderator: User) -> None:
    decisions.remove(say("One."), by=moderator, reason="private")
    decisions.remove(say("Two."), by=moderator, reason="other")
    impose(Sanction(person=reader, kind="ban", reason="other"), by=moderator)
    lines = [
        read(**asked).count('<p class="hint"><time')
        for asked in ({"kind": "remove"}, {"reason": "other"}, {"kind": "lift"})
    ]
    assert lines == [2, 2, 0]
    assert read(kind="remove", reason="other").count('<p class="hint"><time') == 1
    assert read(kind="nonsense").count('<p class="hint"><time') == 3
    assert "No matching decisions." in read(kind="lift")


def test_an_empty_log_says_so(article: Article) -> None:
    assert "No decisions yet." in read()


def test_it_goes_on_by_cursor_and_costs_the_same(
    say: Say,
    moderator: User,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    monkeypatch.setattr(public_log, "LINES_PER_PAGE", 2)
    for number in range(5):
        decisions.remove(say(f"{number}"), by=moderator, reason="other")
    with django_assert_num_queries(1):
        page = read(reason="other")
    after = ModerationAction.objects.all()[1].pk
    assert f"?reason=other&after={after}" in unquote(page).replace("&amp;", "&")
    assert read(reason="other", after=str(after)).count('<p class="hint"><time') == 2
