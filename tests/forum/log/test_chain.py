"""Each line of the log seals the one before it."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import User
from forum.models import Comment, Discussion, ModerationAction
from forum.moderation import decisions
from forum.posting import visibility
from forum.posting.edit import edit_comment

Say = Callable[..., Comment]


def test_a_line_names_the_one_before_it(say: Say, moderator: User) -> None:
    first = decisions.remove(say("One."), by=moderator, reason="spam")
    second = decisions.remove(say("Two."), by=moderator, reason="spam")
    assert (first.previous, second.previous) == (None, first)
    assert first.seal != second.seal


def test_a_seal_can_be_made_again_from_what_is_documented(say: Say, moderator: User) -> None:
    comment = say("Zwei Möwen.")
    first = visibility.hold(comment, by=None, rule_words="No gulls.")
    line = decisions.approve(Comment.objects.get(), by=moderator)
    text = json.dumps(
        {"note": "", "words": "Zwei Möwen."}, ensure_ascii=False, separators=(",", ":")
    )
    said = {
        "kind": "approve",
        "comment_key": comment.pk,
        "created_at": line.created_at.strftime("%Y-%m-%dT%H:%M:%S.%f+00:00"),
        "moderator_key": moderator.pk,
        "person_key": comment.author_id,
        "status_before": "held",
        "text_digest": sha256(f"{line.text.salt}\n{text}".encode()).hexdigest(),
    }
    form = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert line.seal == sha256(f"{first.seal}\n{form}".encode()).hexdigest()


def test_there_is_one_beginning_and_no_fork(say: Say, moderator: User) -> None:
    first = decisions.remove(say("One."), by=moderator, reason="spam")
    decisions.remove(say("Two."), by=moderator, reason="spam")
    for previous in (None, first):
        with pytest.raises(IntegrityError), transaction.atomic():
            ModerationAction.objects.create(kind="pin", comment=first.comment, previous=previous)


def test_a_line_knows_author_and_words_as_they_are(say: Say, moderator: User, reader: User) -> None:
    comment, read_before = say("As it is."), Comment.objects.get()
    edit_comment(comment, body="As it became.")
    line = ModerationAction.record("pin", by=moderator, comment=read_before)
    assert (line.person, line.words) == (reader, "As it became.")


def test_or_the_words_it_is_told(say: Say, moderator: User) -> None:
    line = ModerationAction.record("edit", by=moderator, comment=say("Now."), words="Before.")
    assert line.words == "Before."


@pytest.mark.django_db(transaction=True)
def test_many_who_record_at_once_make_one_chain(say: Say, moderator: User) -> None:
    comments = [say(f"Spam {number}.") for number in range(48)]

    def remove(comment: Comment) -> None:
        try:
            decisions.remove(comment, by=moderator, reason="spam")
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(remove, comments))
    keys = list(ModerationAction.objects.order_by("pk").values_list("pk", flat=True))
    before = list(ModerationAction.objects.order_by("pk").values_list("previous", flat=True))
    assert len(keys) == len(comments)
    assert before == [None, *keys[:-1]]
    assert Discussion.objects.get().comment_count == 0
