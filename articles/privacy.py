"""Notes on what this package stores of people (docs/privacy.md)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

HEADING = _("Articles")

NOTES: list[dict[str, Any]] = [
    {
        "model": "articles.Article",
        "owner": "author",
        "columns": "author title slug status published_at updated_at",
        "what": _("Which articles you wrote for this site"),
        "why": _("Readers see who wrote an article."),
        "until": _("Until you delete your account. The article stays, without your name."),
    },
    {
        "model": "articles.ArticleAuthor",
        "owner": "person",
        "columns": "person article position name url",
        "what": _("Which articles name you among their authors, and at which place"),
        "why": _("Readers see who wrote an article."),
        "until": _("Until you delete your account, or an editor changes the byline."),
    },
    {
        "model": "articles.ArticleRevision",
        "owner": "by",
        "columns": "by article number at note change_note",
        "what": _("Which changes of articles you saved, and your notes about them"),
        "why": _("Editors see who changed what, and why."),
        "until": _("Until you delete your account. The change stays, without your name."),
    },
]

OF_NOBODY = {
    "articles.Topic": "name slug introduction position",
    "articles.Article": (
        "topic short_answer body body_html description word_count facts_heading has_byline sources "
        "search_words change_notes"
    ),
    "articles.ArticleRevision": "status is_imported content",
    "articles.FormerSlug": "slug article",
    "articles.Fact": "article position text label value source source_url as_of",
    "articles.FAQEntry": "article position question slug answer answer_html search_words",
    "articles.Passage": "article kind anchor fact faq_entry position words edition gone_at",
}
