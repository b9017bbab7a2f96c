"""Words that texts of this site have, for those who mistype one."""

from django.db import models
from django.utils import timezone


class KnownWord(models.Model):
    word = models.CharField(max_length=20, unique=True)
    count = models.PositiveIntegerField(default=0)  # of texts, about

    class Meta:
        ordering = ["word"]

    def __str__(self) -> str:
        return self.word


class WordTrigram(models.Model):
    """Three letters in a row of a word: words that share most of theirs are alike."""

    word = models.ForeignKey(KnownWord, models.CASCADE, related_name="trigrams")
    trigram = models.CharField(max_length=3)

    class Meta:
        ordering = ["trigram", "word"]
        constraints = [
            models.UniqueConstraint(fields=["trigram", "word"], name="trigram_once_per_word")
        ]

    def __str__(self) -> str:
        return self.trigram


class Progress(models.Model):
    """The texts that were read for known words, in one row."""

    articles_until = models.DateTimeField(null=True)
    comments_until = models.PositiveBigIntegerField(default=0)  # a key
    checked_until = models.PositiveBigIntegerField(default=0)  # the key of a word
    checked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"#{self.comments_until}"
