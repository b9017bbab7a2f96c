from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from forum.discussion.rendering.body import MOST_PEOPLE, render_body
from forum.discussion.rendering.references import References
from forum.models import Comment, Discussion
from forum.moderation import decisions

Say = Callable[..., Comment]
LINK = '<a href="/people/Ines%20Okafor/" rel="nofollow ugc noopener">'


def shown(body: str) -> str:
    """Return the text as readers see it now."""
    html = render_body(body).html
    return References([html]).fill(html)


@pytest.mark.parametrize(
    ("body", "html"),
    [
        ("@Ines Okafor", f"<p>{LINK}@Ines Okafor</a></p>"),
        ("Thanks, @Ines Okafor!", f"<p>Thanks, {LINK}@Ines Okafor</a>!</p>"),
        ("@Ines Okafor said so", f"<p>{LINK}@Ines Okafor</a> said so</p>"),
        ("@Ines Okafor.", f"<p>{LINK}@Ines Okafor</a>.</p>"),
        ("**@ines okafor**", f"<p><strong>{LINK}@ines okafor</a></strong></p>"),
        ("(@Ines_Okafor)", f"<p>({LINK}@Ines_Okafor</a>)</p>"),
        ("@Ines Okaforson", "<p>@Ines Okaforson</p>"),
        ("ines@Ines Okafor", "<p>ines@Ines Okafor</p>"),
        ("example.org/@Ines Okafor", "<p>example.org/@Ines Okafor</p>"),
        ("`@Ines Okafor`", "<p><code>@Ines Okafor</code></p>"),
        (
            "[@Ines Okafor](/help/)",
            '<p><a href="/help/" rel="nofollow ugc noopener">@Ines Okafor</a></p>',
        ),
        ("@Nobody here", "<p>@Nobody here</p>"),
        ("@ and @@ and @", "<p>@ and @@ and @</p>"),
    ],
)
def test_a_name_behind_an_at_sign_leads_to_the_person(body: str, html: str, reader: User) -> None:
    assert shown(body) == html


@pytest.mark.parametrize(
    "end", [*"—–？！؛،؟。、·…”’»）]🙂", "❤️", "👩‍🚀", "\u200b", "’s", "'s", "\u00ad"]
)
def test_a_name_ends_before_whatever_is_no_letter(end: str, reader: User) -> None:
    assert f"{LINK}@Ines Okafor</a>{end}</p>" in shown(f"@Ines Okafor{end}")


@pytest.mark.parametrize("next_word", ["说", "さん", "ครับ", "ですか"])
def test_a_name_ends_before_a_word_of_a_script_without_spaces(next_word: str, reader: User) -> None:
    assert f"{LINK}@Ines Okafor</a>{next_word}</p>" in shown(f"@Ines Okafor{next_word}")


@pytest.mark.parametrize("end", ["son", "7", "ович"])
def test_a_longer_name_is_another(end: str, reader: User) -> None:
    assert "<a" not in shown(f"@Ines Okafor{end}")


def test_a_typographic_apostrophe_is_an_apostrophe(db: None) -> None:
    User.objects.create_user(email="maeve@example.com", username="Maeve O'Hara")
    assert ">@Maeve O’Hara</a>" in shown("Thanks, @Maeve O’Hara!")


def test_the_longest_name_is_meant(reader: User) -> None:
    User.objects.create_user(email="another@example.com", username="Ines")
    assert "@Ines Okafor</a>" in shown("@Ines Okafor")
    assert "@Ines</a> Oka" in shown("@Ines Oka")


def test_names_of_every_alphabet_are_found(db: None) -> None:
    User.objects.create_user(email="pathak@example.com", username="हिन्दी पाठक")
    assert ">@हिन्दी पाठक</a> ने" in shown("@हिन्दी पाठक ने")


def test_who_is_switched_off_is_not_linked(reader: User) -> None:
    User.objects.update(is_active=False)
    assert shown("@Ines Okafor") == "<p>@Ines Okafor</p>"


def test_people_are_looked_up_once_and_only_where_somebody_is_named(
    reader: User, other_reader: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        shown("Nobody is named, and mail goes to ines@example.com.")
    with django_assert_num_queries(2):  # to write it, and to read it
        shown("@Ines Okafor and @Tomas Reyle, " + " ".join(f"@n{n}" for n in range(500)))


def test_only_so_many_people_can_be_named(reader: User) -> None:
    others = " ".join(f"@somebody{n}" for n in range(MOST_PEOPLE))
    assert "<a" not in shown(f"{others} @Ines Okafor")


def test_the_preview_is_what_is_posted(
    reader: User, discussion: Discussion, client_of: Callable
) -> None:
    words, client = {"body": "Right, @Ines Okafor!", "key": "k1"}, client_of(reader)
    shown = client.post("/articles/high-tide/comments/preview/", words).content.decode()
    client.post("/articles/high-tide/comments/", words)
    assert Comment.objects.get().shown_html in shown


# --- Completing a name ---


def names(client: Client, letters: str, **more: object) -> list[str]:
    found: list[str] = client.get("/articles/high-tide/people/", {"q": letters, **more}).json()
    return found


def test_a_few_letters_find_who_writes_here(
    say: Say, reader: User, other_reader: User, client_of: Callable[[User], Client]
) -> None:
    say("One.")
    client = client_of(reader)
    assert [names(client, letters) for letters in ("in", "OKA", "tom")] == [
        ["Ines Okafor"],
        ["Ines Okafor"],
        [],
    ]
    say("Two.", by=other_reader)
    assert names(client, "tom") == ["Tomas Reyle"]


def test_the_author_of_the_article_is_always_among_them(
    reader: User, say: Say, client_of: Callable
) -> None:
    assert names(client_of(reader), "maren") == ["Maren Holt"]


def test_a_thread_knows_its_own_people_first(
    say: Say, reader: User, other_reader: User, client_of: Callable
) -> None:
    head = say("Head.")
    say("Reply.", by=other_reader, parent=head)
    say("Later.")
    assert names(client_of(reader), "", thread=head.pk)[0] == "Tomas Reyle"


def test_who_only_wrote_what_is_gone_is_not_named(
    say: Say, reader: User, moderator: User, client_of: Callable
) -> None:
    decisions.remove(say("Spam."), by=moderator, reason="spam")
    assert names(client_of(moderator), "ines") == []


def test_names_are_given_to_people_who_are_signed_in(discussion: Discussion) -> None:
    assert Client().get("/articles/high-tide/people/?q=in").status_code == 403


@pytest.mark.parametrize(
    "query", ["q=%00", "q=%ff", "q=" + "x" * 9000, "thread=x", "thread=-1", "thread=" + "9" * 30]
)
def test_odd_questions_get_an_answer(
    query: str, discussion: Discussion, reader: User, client_of: Callable
) -> None:
    assert client_of(reader).get(f"/articles/high-tide/people/?{query}").status_code == 200
