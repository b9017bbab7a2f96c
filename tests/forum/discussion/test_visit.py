import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import User
from articles.models import Article
from forum.models import Comment, Visit

Say = Callable[..., Comment]
PAGE = "/articles/high-tide/"


@pytest.fixture
def browser(reader: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(reader)


def look(browser: Client) -> list[int]:
    """Open the page as a script does that sends what was read; return the new comments."""
    text = browser.get(PAGE).content.decode()
    newest = re.search(r'data-newest="(\d+)"', text)
    assert newest
    browser.post(f"{PAGE}visit/", {"seen": newest[1]})
    return [int(pk) for pk in re.findall(r'<article class="comment new" id="c(\d+)"', text)]


def an_hour_later() -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(hours=1))


def test_nothing_is_new_on_a_first_visit(say: Say, other_reader: User, browser: Client) -> None:
    say("Before you came.", by=other_reader)
    assert look(browser) == []


def test_what_others_wrote_meanwhile_is_new_and_stays_so_when_the_page_is_loaded_again(
    say: Say, other_reader: User, reader: User, browser: Client
) -> None:
    head = say("The question.", by=other_reader)
    look(browser)
    with an_hour_later():
        new = [say("An answer.", parent=head, by=other_reader), say("A thread.", by=other_reader)]
        say("My own words.", by=reader)
        assert {*look(browser)} == {*look(browser)} == {comment.pk for comment in new}


def test_new_comments_lead_from_one_to_the_next(
    say: Say, other_reader: User, browser: Client
) -> None:
    say("The first.", by=other_reader)
    look(browser)
    with an_hour_later():
        a, b = say("1", by=other_reader), say("2", by=other_reader)
        text = browser.get(PAGE).content.decode()
    assert "2 new comments since" in text
    assert f'<a href="#c{b.pk}">2 new comments' in text
    assert f'class="next-new" href="#c{a.pk}"' in text


def test_what_was_new_is_not_new_on_the_visit_after(
    say: Say, other_reader: User, browser: Client
) -> None:
    say("The first.", by=other_reader)
    look(browser)
    with an_hour_later():
        new = say("The second.", by=other_reader)
        assert look(browser) == [new.pk]
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        assert look(browser) == []


def test_all_can_be_marked_as_read_without_a_script(
    say: Say, other_reader: User, browser: Client
) -> None:
    say("The first.", by=other_reader)
    look(browser)
    with an_hour_later():
        newest = say("The second.", by=other_reader)
        assert browser.post(f"{PAGE}visit/", {"seen": newest.pk, "read": "1"}).status_code == 302
        assert look(browser) == []


def test_reading_alone_makes_no_row(say: Say, browser: Client) -> None:
    say("Words.")
    browser.get(PAGE)
    assert Visit.objects.count() == 0


def test_a_visit_where_nobody_has_written_stores_nothing(article: Article, browser: Client) -> None:
    assert browser.post(f"{PAGE}visit/", {"seen": "1"}).status_code == 204
    assert Visit.objects.count() == 0
