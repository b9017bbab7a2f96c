"""Unsaved text of people at the desk, and who has an article's form open."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Article

RETENTION = timedelta(days=90)  # without a change
MOST = 100  # forms of one person
SILENCE = timedelta(minutes=2)  # then nobody has the form open
# Sent with the form, but not typed.
NOT_TYPED = ("csrfmiddlewaretoken", "draft_key", "draft_from", "act", "row", "preview", "take_over")


class KeptFormManager(models.Manager["KeptForm"]):
    def latest_of(self, person: Any, article: Article) -> "KeptForm | None":
        """Return what the person typed last in the form of the article, or of a new one."""
        return self.filter(person=person, article=article.pk).order_by("-kept_at").first()

    @transaction.atomic
    def keep(
        self, typed: QueryDict, *, article: Article, by: Any, key: str, follows: str = ""
    ) -> "KeptForm":
        """Keep the form as it was typed, in the place of the one whose text it started with."""
        fields = typed.copy()
        for name in NOT_TYPED:
            fields.pop(name, None)
        kept, is_new = self.update_or_create(
            person=by,
            key=key,
            defaults={
                "article_id": article.pk,
                "fields": fields.urlencode(),
                "kept_at": timezone.now(),
            },
        )
        if follows != key:
            self.discard([follows], by=by)
        if is_new:
            self._keep_few(by)
        return kept

    def discard(self, keys: Iterable[str], *, by: Any) -> None:
        self.filter(person=by, key__in=[key for key in keys if key]).delete()

    def expire(self) -> None:
        self.filter(kept_at__lt=timezone.now() - RETENTION).delete()

    def _keep_few(self, person: Any) -> None:
        kept = self.filter(person=person).order_by("-kept_at", "-pk")
        self.filter(pk__in=list(kept.values_list("pk", flat=True)[MOST : 2 * MOST])).delete()


class KeptForm(models.Model):
    """The fields of an article's form as one person typed them in one window."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False
    )
    article = models.ForeignKey(Article, models.CASCADE, null=True, related_name="+")
    key = models.CharField(max_length=64)  # of the window
    fields = models.TextField()  # encoded as a browser sends them
    kept_at = models.DateTimeField(db_index=True)

    objects = KeptFormManager()

    class Meta:
        verbose_name = _("kept form")
        verbose_name_plural = _("kept forms")
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="kept_form_key")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.key}"

    @property
    def data(self) -> QueryDict:
        return QueryDict(self.fields)


class FormLockManager(models.Manager["FormLock"]):
    def renew(self, article: Article, *, by: Any) -> "FormLock | None":
        """Say that the person has the form open; return the lock of whoever has it.

        It is advice: what keeps two saves apart is the version of the article.
        """
        now = timezone.now()
        lock = self.filter(article=article)
        is_alive = Q(seen_at__gte=now - SILENCE)
        if not lock.filter(is_alive, person=by).update(seen_at=now):
            mine = {"person": by, "since": now, "seen_at": now}
            if not lock.exclude(is_alive).update(**mine):
                self.bulk_create([FormLock(article=article, **mine)], ignore_conflicts=True)
        return self.holder(article)

    def holder(self, article: Article) -> "FormLock | None":
        locks = self.select_related("person").filter(seen_at__gte=timezone.now() - SILENCE)
        return locks.filter(article=article.pk).first()

    def take_over(self, article: Article, *, by: Any) -> None:
        """Give the form to the person; whoever had it is told by their next sign of life."""
        now = timezone.now()
        self.update_or_create(
            article=article, defaults={"person": by, "since": now, "seen_at": now}
        )


class FormLock(models.Model):
    """The person who has an article's form open, since when, and when they were last heard of."""

    article = models.OneToOneField(Article, models.CASCADE, primary_key=True, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    since = models.DateTimeField()
    seen_at = models.DateTimeField()

    objects = FormLockManager()

    class Meta:
        verbose_name = _("open form")
        verbose_name_plural = _("open forms")

    def __str__(self) -> str:
        return f"{self.article_id} {self.person_id}"
