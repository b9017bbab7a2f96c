from collections.abc import Collection

from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.validators import validate_markdown_shown, validate_markdown_size
from articles.words import words_of_answer
from database.search import SearchWordsField
from text.fields import validate_shown
from text.markdown import render_article

# Up to this many questions are shown with their answers open; more are folded.
UNFOLDED_QUESTIONS = 4


class FAQEntry(models.Model):
    article = models.ForeignKey(Article, models.CASCADE, related_name="faq")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    question = models.CharField(_("question"), max_length=200, validators=[validate_shown])
    slug = models.SlugField(
        _("anchor"),
        max_length=80,
        blank=True,
        help_text=_("Made from the question at first. It does not change, so links keep working."),
    )
    answer = models.TextField(
        _("answer"),
        help_text=_("Markdown"),
        validators=[validate_markdown_size, validate_markdown_shown],
    )
    answer_html = models.TextField(editable=False)
    search_words = SearchWordsField()

    class Meta:
        verbose_name = _("FAQ entry")
        verbose_name_plural = _("FAQ entries")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["article", "slug"], name="faq_anchor_once_per_article")
        ]

    def __str__(self) -> str:
        return self.question

    def get_absolute_url(self) -> str:
        return f"{self.article.get_absolute_url()}?faq={self.slug}#faq-{self.slug}"

    @property
    def former_anchor(self) -> str:
        """Return the first anchor of the entry if an editor has changed it since."""
        passage = getattr(self, "passage", None)
        return passage.anchor if passage and passage.anchor != f"faq-{self.slug}" else ""

    def render_and_save(self) -> None:
        """Save the entry with its rendered answer and, the first time, its anchor."""
        self.answer_html = render_article(self.answer)
        self.search_words = words_of_answer(self)
        others = FAQEntry.objects.filter(article=self.article).values_list("slug", flat=True)
        self.slug = self.slug or free_anchor(self.question, set(others))
        self.save()


def free_anchor(question: str, taken: Collection[str]) -> str:
    """Return an anchor for a question that no other of its article has."""
    base = slugify(question)[:70] or "question"
    anchor, number = base, 1
    while anchor in taken:
        number += 1
        anchor = f"{base}-{number}"
    return anchor
