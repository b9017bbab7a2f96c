from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.article import Article
from articles.models.fact import Fact
from articles.models.faq_entry import FAQEntry


class Passage(models.Model):
    """A paragraph, a fact or an answer of an article, with an
    anchor that lasts through edits and reordering.
    """

    class Kind(models.TextChoices):
        PARAGRAPH = "paragraph", _("Paragraph")
        FACT = "fact", _("Fact")
        ANSWER = "answer", _("Answer")

    article = models.ForeignKey(Article, models.CASCADE, related_name="passages", db_index=False)
    kind = models.CharField(max_length=9, choices=Kind)
    anchor = models.SlugField(max_length=100, db_index=False)
    fact = models.OneToOneField(Fact, models.SET_NULL, null=True, related_name="passage")
    faq_entry = models.OneToOneField(FAQEntry, models.SET_NULL, null=True, related_name="passage")
    position = models.PositiveSmallIntegerField(default=0)  # among the paragraphs of the text
    words = models.TextField()  # as plain text
    edition = models.PositiveIntegerField(default=1)  # grows when the words change
    gone_at = models.DateTimeField(null=True)

    # What changes when its article is written.
    SAYS = ("fact", "faq_entry", "position", "words", "edition", "gone_at")

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        ordering = ["article", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "anchor"], name="passage_anchor_once_per_article"
            )
        ]

    def __str__(self) -> str:
        return self.anchor

    def get_absolute_url(self) -> str:
        return f"{self.article.get_absolute_url()}{self.fragment}"

    @property
    def fragment(self) -> str:
        """Behind the address of its article. An answer may be folded, and
        is opened by its address.
        """
        if self.kind == self.Kind.ANSWER:
            return f"?faq={self.anchor.removeprefix('faq-')}#{self.anchor}"
        return f"#{self.anchor}"

    def say(self, *, words: str, **where: Any) -> bool:
        """Stands in the article with these words, at this
        place or row. Says whether anything changed.
        """
        edition = self.edition + (self.pk is not None and self.words != words)
        says = {"words": words, "edition": edition, "gone_at": None, **where}
        changed = any(getattr(self, name) != value for name, value in says.items())
        for name, value in says.items():
            setattr(self, name, value)
        return changed
