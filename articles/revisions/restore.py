"""Restore a former text of an article, as a new revision."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from articles.models import Article, ArticleRevision
from articles.revisions.content import TEXTS, facts_in, questions_in
from articles.revisions.record import Change
from articles.writing import save_article


def restore_revision(revision: ArticleRevision, *, by: Any, version: datetime) -> Article:
    """Save the article as the revision has it. Status, address, topic and authors stay as they are.

    `version` is the `updated_at` that was read: raise OutdatedArticle if somebody saved since.
    """
    article = Article.objects.with_byline().get(pk=revision.article_id)
    for name in TEXTS:
        setattr(article, name, revision.content[name])
    article.sources = revision.content["sources"]
    save_article(
        article,
        facts=facts_in(revision.content),
        faq=questions_in(revision.content),
        version=version,
        change=Change(by=by, note=_("Revision %(n)d restored") % {"n": revision.number}),
    )
    return article
