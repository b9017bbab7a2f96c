"""The whole form of an article: its own fields, its rows, and its discussion."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.http import QueryDict

from articles.models import Article, ArticleAuthor, byline_of
from articles.rights import may_edit_all
from articles.validators import validate_markdown_size
from articles.writing import save_article
from desk.forms.article import ArticleForm
from desk.forms.discussion import DiscussionForm
from desk.forms.parts import AuthorRows, FactRows, QuestionRows, SourceRows
from desk.forms.rows import Rows, leave_unchecked, rearranged
from forum.discussion.article_author import author_changed
from forum.discussion.models.discussion import Discussion
from forum.moderation.discussion_settings import set_discussion
from forum.people.scope import allows_decision

AUTHORS_OFFERED = 500


class Problem(NamedTuple):
    field: str  # the id of its element
    message: str


class WholeForm:
    def __init__(self, article: Article, *, by: Any, data: QueryDict | None = None) -> None:
        self.instance, self.by, self.data = article, by, data
        self.is_editor = may_edit_all(by)
        self.author_before = article.author_id
        self.article = ArticleForm(data, instance=article, is_editor=self.is_editor)
        self.facts = FactRows(_by_key(article.facts.all() if article.pk else ()), data)
        self.faq = QuestionRows(_by_key(article.faq.all() if article.pk else ()), data)
        self.sources = SourceRows({str(n): row for n, row in enumerate(article.sources)}, data)
        self.authors = self._authors() if self.is_editor else None
        self.discussion = self._discussion()

    def _authors(self) -> AuthorRows:
        byline = byline_of(self.instance)
        people = _possible_authors([each.person for each in byline if each.person])
        return AuthorRows({str(n): row for n, row in enumerate(byline)}, self.data, people=people)

    def _discussion(self) -> DiscussionForm | None:
        """Return the form of the discussion to those who may close it."""
        if not self.is_editor:
            return None
        article = self.instance
        is_new = article.pk is None
        discussion = Discussion(article=article) if is_new else Discussion.objects.of(article)
        if not allows_decision("close", self.by, discussion=discussion):
            return None
        return DiscussionForm(self.data, discussion=discussion)

    @property
    def rows(self) -> list[Rows]:
        kinds = [self.facts, self.faq, self.authors, self.sources]
        return [rows for rows in kinds if rows]

    @property
    def forms(self) -> list[Any]:
        """Return all forms in the order of the page."""
        parts = [form for rows in self.rows for form in rows]
        return [self.article, *parts, *([self.discussion] if self.discussion else [])]

    def rearranged(self, data: QueryDict, command: str) -> "WholeForm":
        """Return the form as it was typed, with a row added, moved or removed."""
        data, focus = rearranged(data, command, self.rows)
        form = WholeForm(self.instance, by=self.by, data=data)
        for part in form.forms:
            leave_unchecked(part)
        for rows in form.rows:
            rows.focus_on(focus)
        return form

    # --- Checking ---

    def is_valid(self) -> bool:
        parts: list[Any] = [self.article, *self.rows]
        parts += [self.discussion] if self.discussion else []
        checked = [part.is_valid() for part in parts]  # all of them, for their errors
        return all(checked) and self._is_short_enough() and self._closes_later()

    def _is_short_enough(self) -> bool:
        """Measure the text with its answers: all are rendered by one request."""
        answers = [form.cleaned_data["answer"] for form in self.faq.filled()]
        try:
            validate_markdown_size("".join([self.article.cleaned_data["body"], *answers]))
        except ValidationError as error:
            self.article.add_error("body", error)
        return not self.article.errors

    def _closes_later(self) -> bool:
        return self.discussion is None or self.discussion.closes_after_now(
            self.article.cleaned_data.get("published_at")
        )

    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong, in the order of the page, with the field that it is about."""
        for rows in self.rows:
            yield from (Problem(f"{rows.kind}-h", message) for message in rows.errors)
        for form in self.forms:
            for name, errors in form.errors.items():
                field = form[name].id_for_label if name in form.fields else _first_id(form)
                yield from (Problem(field, str(error)) for error in errors)

    # --- Saving ---

    @transaction.atomic
    def save(self, *, status: str = "") -> Article:
        """Save everything; raise OutdatedArticle if somebody saved since the form was opened.

        An article in which nothing was changed keeps its time: readers see no update.
        """
        article = self.instance
        if self.has_changed(status):
            article.status = status or article.status
            self._save_article()
        if article.author_id != self.author_before:
            author_changed(article)
        if self.discussion:
            set_discussion(article, self.discussion.settings, by=self.by)
        return article

    def has_changed(self, status: str = "") -> bool:
        is_asked = bool(status) and status != self.instance.status
        changed = {*self.article.changed_data} - {"version"}
        return is_asked or bool(changed) or any(rows.has_changed() for rows in self.rows)

    def _save_article(self) -> None:
        article = self.instance
        article.sources = [form.cleaned_data for form in self.sources.filled()]
        save_article(
            article,
            facts=[form.save(commit=False) for form in self.facts.filled()],
            faq=[form.save(commit=False) for form in self.faq.filled()],
            authors=self._byline(),
            version=self.article.opened_version if article.pk else None,
            change=self.article.change(self.by),
        )

    def _byline(self) -> list[ArticleAuthor] | None:
        if self.authors:
            return [form.author for form in self.authors.filled()]
        return None if self.instance.pk else [ArticleAuthor(person=self.by)]


def _by_key(rows: Any) -> dict[str, Any]:
    return {str(row.pk): row for row in rows}


def _possible_authors(named: list[Any]) -> dict[int, Any]:
    """Return who works here or wrote an article, and who is named already."""
    people: Any = get_user_model()._default_manager
    found = people.filter(
        Q(is_staff=True, is_active=True) | Q(pk__in=Article.objects.values("author"))
    )
    offered = found.order_by("username").only("username")[:AUTHORS_OFFERED]
    return {**{person.pk: person for person in offered}, **{person.pk: person for person in named}}


def _first_id(form: Any) -> str:
    return str(next(iter(form)).id_for_label)
