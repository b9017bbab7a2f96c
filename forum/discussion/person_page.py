"""Read the page of a person, as somebody may see it."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import Count, QuerySet, Sum

from accounts.models import User
from accounts.profiles import Picture, Profile, profile_of
from articles.models import Article
from database.keyset import Cursor, page_by_time
from forum.discussion.models.comment import Comment
from forum.discussion.rendering.references import fill_in

COMMENTS_PER_PAGE = 30
ARTICLES_SHOWN = 20  # the newest
COUNTED = 1000  # of the latest comments: counting all takes 2 ms for each thousand


class Totals(NamedTuple):
    comments: int
    helpful: int  # votes for them

    @property
    def are_complete(self) -> bool:
        return self.comments < COUNTED

    @property
    def comments_in_words(self) -> str:
        return self._in_words(self.comments)

    @property
    def helpful_in_words(self) -> str:
        return self._in_words(self.helpful)

    def _in_words(self, number: int) -> str:
        return f"{intcomma(number)}{'' if self.are_complete else '+'}"


@dataclass
class PersonPage:
    person: User
    profile: Profile
    is_own: bool
    articles: list[Article]
    comments: list[Comment] | None = None  # None: they show it to nobody but themselves
    next_cursor: str = ""
    totals: Totals | None = None  # on the first page

    @property
    def picture(self) -> Picture | None:
        return getattr(self.person, "picture", None) if self.profile.shows_picture else None

    @property
    def about(self) -> str:
        return self.profile.about if self.profile.shows_about else ""

    @property
    def is_empty(self) -> bool:
        """Return True if the page says nothing that a search engine should find."""
        return not self.articles and not self.comments


def people_with_profile() -> "QuerySet[User]":
    """Return active people with all that their page tells of them, in one query."""
    people = User.objects.get_queryset().filter(is_active=True)
    return people.select_related("profile", "picture").defer("picture__data")


def person_page(person: User, *, reader: Any, after: Cursor | None = None) -> PersonPage:
    written = Article.objects.published().by(person).newest().without_text()
    page = PersonPage(
        person,
        profile_of(person),
        is_own=reader.pk == person.pk,
        articles=list(written[:ARTICLES_SHOWN]),
    )
    if page.is_own or page.profile.shows_comments:
        comments = Comment.objects.published().filter(author=person)
        page.comments, page.next_cursor = page_by_time(
            comments.with_article(), after=after, number=COMMENTS_PER_PAGE
        )
        fill_in(page.comments)
        page.totals = None if after else _totals(comments)
    return page


def _totals(comments: "QuerySet[Comment]") -> Totals:
    latest = comments.order_by("-created_at", "-pk").values("pk", "helpful")[:COUNTED]
    totals = latest.aggregate(comments=Count("pk"), helpful=Sum("helpful", default=0))
    return Totals(**totals)
