"""Rights over articles, by the table of roles (accounts.roles).

`is_staff` marks who works here, so readers cost no query.
"""

from typing import TYPE_CHECKING, Any

from accounts.rights import allows

if TYPE_CHECKING:
    from articles.models import Article


def may_write(person: Any) -> bool:
    """Return whether the person may start articles, and go on with their own drafts."""
    return bool(person.is_staff) and allows("write_article", person)


def may_edit_all(person: Any) -> bool:
    """Return whether the person may change, publish and withdraw every article."""
    return bool(person.is_staff) and allows("edit_article", person)


def works_at_desk(person: Any) -> bool:
    return may_write(person) or may_edit_all(person)


def may_edit(person: Any, article: "Article") -> bool:
    """Return whether the person may change this article: writers only change their own drafts."""
    if may_edit_all(person):
        return True
    return may_write(person) and article.status == article.Status.DRAFT and is_by(person, article)


def is_by(person: Any, article: "Article") -> bool:
    return article.author_id == person.pk or (
        article.has_byline and article.authors.filter(person=person).exists()
    )
