from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles.models import Article, ArticleAuthor, byline_of
from articles.rights import may_edit, works_at_desk
from text.visible import clip

register = template.Library()

register.filter(clip)
register.filter(works_at_desk)


@register.filter
def byline(article: Article) -> list[ArticleAuthor]:
    return byline_of(article)


@register.filter
def byline_links(article: Article) -> SafeString | str:
    """Return the names of the authors, each with a link to the page about them if there is one."""
    names = [_linked(author) for author in byline_of(article)]
    if len(names) < 2:
        return names[0] if names else ""
    return format_html(
        _("{names} and {last}"), names=SafeString(", ".join(names[:-1])), last=names[-1]
    )


def _linked(author: ArticleAuthor) -> SafeString:
    name = format_html("<b><bdi>{}</bdi></b>", author)
    return format_html('<a href="{}">{}</a>', author.address, name) if author.address else name


@register.filter
def may_be_edited_by(article: Article, person: Any) -> bool:
    return article.pk is not None and may_edit(person, article)


@register.filter
def machine_time(moment: datetime) -> str:
    """Return the moment for a `datetime` attribute: HTML allows
    three digits of a second, and a page needs none.
    """
    return timezone.localtime(moment).isoformat(timespec="seconds")
