"""Stored comments are rendered anew: only what is out of
date changes, and everybody can see what that is.
"""

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import call_command

from forum.models import Citation, Comment, Discussion, Link

Say = Callable[..., Comment]
KEPT = (
    "id",
    "body",
    "version",
    "created_at",
    "edited_at",
    "status",
    "reply_number",
    "idempotency_key",
)


def rerender(*arguments: str) -> str:
    out = StringIO()
    call_command("rerender_comments", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


@pytest.fixture
def outdated(say: Say) -> list[Comment]:
    comments = [say("One\nline"), say("See https://shop.example/"), say("Three")]
    Comment.objects.update(html="<p>Old</p>", visible_text=None, fingerprint=None)
    Link.objects.all().delete()
    return comments


def test_what_is_out_of_date_is_rendered_and_shown(outdated: list[Comment]) -> None:
    before = list(Comment.objects.order_by("pk").values_list(*KEPT))
    said = rerender()
    assert list(Comment.objects.order_by("pk").values_list("visible_text", flat=True)) == [
        "One line",
        "See https://shop.example/",
        "Three",
    ]
    assert f"comment {outdated[0].pk}\n  - Old\n  + One line" in said
    assert "3 comments looked at, 3 rendered anew" in said
    assert list(Comment.objects.order_by("pk").values_list(*KEPT)) == before
    assert list(Link.objects.values_list("domain", flat=True)) == ["shop.example"]


def test_a_dry_run_changes_nothing(outdated: list[Comment]) -> None:
    assert "+ One line" in rerender("--dry-run")
    assert set(Comment.objects.values_list("html", flat=True)) == {"<p>Old</p>"}


def test_it_goes_on_where_it_was_stopped(outdated: list[Comment]) -> None:
    rerender("--after", str(outdated[1].pk), "--batch", "1")
    assert list(Comment.objects.order_by("pk").values_list("visible_text", flat=True)) == [
        None,
        None,
        "Three",
    ]


def test_a_second_run_finds_nothing_to_do(outdated: list[Comment]) -> None:
    rerender("--batch", "2")
    versions = list(Discussion.objects.values_list("version", flat=True))
    assert "0 rendered anew" in rerender()
    assert list(Discussion.objects.values_list("version", flat=True)) == versions


def test_citations_stay(say: Say, settings: object) -> None:
    cited = say("The tide is late.")
    citing = say(f"{settings.SITE_URL}/comments/{cited.pk}/")
    Comment.objects.filter(pk=citing.pk).update(html="<p>Old</p>", visible_text=None)
    rerender()
    citing.refresh_from_db()
    assert "The tide is late." in citing.shown_html
    assert "The tide is late." not in citing.text
    assert Citation.objects.filter(comment=citing, cited=cited).exists()
