from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Topic
from forum.people.models.sanction import Sanction

if TYPE_CHECKING:
    from accounts.models import User


class ModeratorQuerySet(models.QuerySet["Moderator"]):
    def may(self, person: Any, topic: int | None) -> bool:
        """Return True if the person moderates the topic, by its key."""
        if moderates_everything(person):
            return True
        of_topic = Q(topic=None) | Q(topic=topic) if topic else Q(topic=None)
        return bool(person.is_authenticated) and self.of(person).filter(of_topic).exists()

    def bulk_create(self, objs: Any, *args: Any, **options: Any) -> list[Any]:
        made = super().bulk_create(objs, *args, **options)
        _mark(*(each.person_id for each in made))
        return made

    def of(self, person: Any) -> Self:
        """Return the rows of a moderator; none during a sanction."""
        in_force = Q(until=None) | Q(until__gt=timezone.now())
        sanctions = Sanction.objects.filter(in_force, person=OuterRef("person"), lifted_at=None)
        return self.filter(~Exists(sanctions), person=person.pk)


class Moderator(models.Model):
    """A moderator of one topic or, without a topic, of the whole site."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="moderates",
        verbose_name=_("person"),
        db_index=False,
    )
    topic = models.ForeignKey(
        Topic,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="moderators",
        verbose_name=_("topic"),
    )

    objects = ModeratorQuerySet.as_manager()

    class Meta:
        verbose_name = _("moderator")
        verbose_name_plural = _("moderators")
        ordering = ["person", "pk"]
        constraints = [
            # Two, because SQLite has no unique constraint under
            # which two rows without a topic are the same.
            models.UniqueConstraint(fields=["person", "topic"], name="moderator_once_per_topic"),
            models.UniqueConstraint(
                fields=["person"], condition=Q(topic=None), name="moderator_once_of_the_site"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.topic or _('the whole site')}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        _mark(self.person_id)


def _mark(*people: int) -> None:
    """Set the mark that lets the header show the queue.

    The mark is never cleared: it only saves the query for readers, and the rows decide.
    """
    get_user_model().objects.filter(pk__in=people).update(is_moderator=True)


def moderates_everything(person: Any) -> bool:
    """Return True for administrators and for holders of the permission to change comments."""
    return bool(person.has_perm("forum.change_comment"))


def moderators_of(topic: int | None) -> "models.QuerySet[User]":
    """Return everybody who moderates a topic, by its key, and has an active account."""
    permission = Permission.objects.filter(
        content_type__app_label="forum", codename="change_comment"
    )
    everything = (
        Q(is_superuser=True)
        | Q(user_permissions__in=permission)
        | Q(groups__permissions__in=permission)
    )
    named = Moderator.objects.filter(Q(topic=None) | Q(topic=topic)).values("person")
    people: models.QuerySet[User] = get_user_model().objects.filter(
        everything | Q(pk__in=named), is_active=True
    )
    return people.order_by("pk").distinct()


def deciders(
    topic: int | None, *, concerned: "Iterable[int | None]", decided_by: int | None = None
) -> "list[User]":
    """Return who may decide there and is not concerned.

    The one who decided before is left out if there is another.
    """
    in_force = Q(until=None) | Q(until__gt=timezone.now())
    sanctions = Sanction.objects.filter(in_force, person=OuterRef("pk"), lifted_at=None)
    people = (
        moderators_of(topic)
        .filter(~Exists(sanctions))
        .exclude(pk__in=[key for key in concerned if key])
    )
    return [person for person in people if person.pk != decided_by] or list(people)
