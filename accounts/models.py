from collections.abc import Collection, Iterable
from contextlib import nullcontext
from typing import Any, ClassVar, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.administrators import ADMINISTRATOR, LastAdministrator, an_administrator_stays
from accounts.counters import Counter
from accounts.fields import CanonicalEmailField, CountField
from accounts.former_names import FormerName
from accounts.names import NAME_MAX_LENGTH, SKELETON_MAX_LENGTH, clean_name, skeleton, twin_of
from accounts.presence import presence_changed
from accounts.profiles import Picture, Profile
from accounts.proofs import Proof
from accounts.recoveries import Recovery
from accounts.terms import TermsAcceptance
from text.passwords import is_short

__all__ = ["Counter", "FormerName", "Picture", "Profile", "Proof", "Recovery", "User"]
__all__ += ["TermsAcceptance"]

# What readers see of a person wherever they wrote or are named.
SHOWN = frozenset({"username", "is_active", "is_staff"})
# What makes somebody more than a reader: only administrators give it and take it.
RIGHTS = frozenset({"is_staff", "is_superuser", "groups", "user_permissions"})
MOST_UNREAD = 99  # shown as a number
NAME_TAKEN = _("This name, or one that looks like it, is taken. Choose another one.")
# Whoever proves something by email proves it for an account in this state.
PROVEN_FOR = frozenset({"email", "password", "is_active"})


class UserQuerySet(models.QuerySet["User"]):
    @transaction.atomic
    def update(self, **values: Any) -> int:
        """Change rows past `User.save`."""
        if not SHOWN.isdisjoint(values):
            presence_changed()
        if not PROVEN_FOR.isdisjoint(values):
            people = dict(self.values_list("pk", "email"))
            Proof.objects.about(list(people), people.values()).void()
        if ADMINISTRATOR.keys().isdisjoint(values):
            return super().update(**values)
        with an_administrator_stays():
            return super().update(**values)

    @transaction.atomic
    def delete(self) -> tuple[int, dict[str, int]]:
        presence_changed()
        with an_administrator_stays():
            FormerName.objects.release(self)
            return super().delete()

    delete.queryset_only = True  # type: ignore[attr-defined]

    def administrators(self) -> Self:
        """Return the people who can run the site: active, with all rights."""
        return self.filter(**ADMINISTRATOR)

    def with_rights(self) -> Self:
        """Return the people who may do more than a reader, whose accounts are worth stealing."""
        given = (
            Q(groups__isnull=False) | Q(user_permissions__isnull=False) | Q(moderates__isnull=False)
        )
        return self.filter(Q(is_superuser=True) | Q(is_staff=True) | given).distinct()


class UserManager(BaseUserManager["User"]):
    def get_queryset(self) -> UserQuerySet:
        return UserQuerySet(self.model, using=self._db)

    def administrators(self) -> UserQuerySet:
        return self.get_queryset().administrators()

    def create_user(
        self, *, email: str, username: str, password: str | None = None, **fields: Any
    ) -> "User":
        """Raise ValidationError when name or address are
        not allowed, IntegrityError when one is taken.
        """
        name = clean_name(username, allow_reserved=bool(fields.get("is_superuser")))
        user = self.model(
            email=User._meta.get_field("email").to_python(email), username=name, **fields
        )
        user.set_password(password)
        user.save(using=self._db)
        return user

    @transaction.atomic
    def create_superuser(
        self, *, email: str, username: str, password: str | None = None, **fields: Any
    ) -> "User":
        """May have a reserved name, and can sign in at once:
        whoever runs the server vouches for the address.
        """
        fields |= {"is_staff": True, "is_superuser": True}
        user = self.create_user(email=email, username=username, password=password, **fields)
        user.confirm_email()
        return user

    def with_email(self, email: str) -> "User | None":
        return self.filter(email=email).first()

    def has_name_like(self, name: str, *, but: int = 0) -> bool:
        """Return whether somebody else than the person with this key has the name, or had it."""
        likeness = skeleton(name)
        people = self.filter(username_skeleton=likeness).exclude(pk=but).values("pk")
        former = FormerName.objects.held(likeness).exclude(person=but)
        return people.order_by().union(former.values("pk"), all=True).exists()

    def called(self, name: str) -> "User | None":
        """Return the person whose present name looks so, or else a former one."""
        likeness = skeleton(name)
        person = self.filter(username_skeleton=likeness).first()
        return person or self.filter(former_names__skeleton=likeness).first()


class User(AbstractBaseUser, PermissionsMixin):
    """A person: signs in by mail address, is known by a public name."""

    email = CanonicalEmailField(_("email address"), unique=True)
    username = models.CharField(_("display name"), max_length=NAME_MAX_LENGTH, unique=True)
    # What the name looks like: two people whose names look alike cannot both exist.
    username_skeleton = models.CharField(
        max_length=SKELETON_MAX_LENGTH, unique=True, editable=False
    )
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("may use the admin"), default=False)
    # Named a moderator once (forum.Moderator): pages ask
    # them what they moderate now, and nobody else.
    is_moderator = models.BooleanField(default=False, editable=False)
    # Too short to stand alone: chosen beside a second factor (accounts.second_factor).
    password_is_short = models.BooleanField(default=False, editable=False)
    # Unread notifications (forum.Notification), counted with them in one transaction.
    unread_count = CountField(default=0, editable=False)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now, editable=False)
    # The language of pages and emails. Without a choice, the browser decides that of pages.
    language = models.CharField(_("language"), max_length=10, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=50, blank=True)
    # The order of discussions: "" for the best comments first.
    comment_order = models.CharField(max_length=10, blank=True, editable=False)
    folds_replies = models.BooleanField(default=False, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["username"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["username", "pk"]

    def __str__(self) -> str:
        return self.username

    @property
    def unread_shown(self) -> str:
        """The number of unread notifications in the header."""
        return f"{MOST_UNREAD}+" if self.unread_count > MOST_UNREAD else str(self.unread_count)

    @property
    def unread_prefix(self) -> str:
        """The start of the title of each page: "(3) "."""
        return f"({self.unread_shown}) " if self.unread_count else ""

    @property
    def is_administrator(self) -> bool:
        return self.is_superuser and self.is_active

    def clean(self) -> None:
        super().clean()
        others = User.objects.administrators().exclude(pk=self.pk)
        if self._stops_administering(None) and not others.exists():
            raise LastAdministrator
        try:
            self.username = clean_name(self.username, allow_reserved=self.is_staff)
        except ValidationError as error:
            raise ValidationError({"username": error}) from error
        is_twin = self.username_skeleton == twin_of(skeleton(self.username), self.pk)
        if not is_twin and User.objects.has_name_like(self.username, but=self.pk or 0):
            raise ValidationError({"username": NAME_TAKEN})

    def set_password(self, raw_password: str | None) -> None:
        super().set_password(raw_password)
        self.password_is_short = raw_password is not None and is_short(raw_password)

    def save(self, *args: Any, **kwargs: Any) -> None:
        # Derived, not control flow: the column cannot be left behind by the name it mirrors.
        likeness = skeleton(self.username)
        if self.username_skeleton != twin_of(likeness, self.pk):
            self.username_skeleton = likeness
        update_fields = kwargs.get("update_fields")
        if update_fields and "password" in update_fields:
            kwargs["update_fields"] = update_fields = {*update_fields, "password_is_short"}
        guard = (
            an_administrator_stays() if self._stops_administering(update_fields) else nullcontext()
        )
        is_new = self._state.adding
        with transaction.atomic(), guard:
            before = {} if is_new else self._shown_before(update_fields)
            if before:
                presence_changed()
            if not self._state.adding and not PROVEN_FOR.isdisjoint(update_fields or PROVEN_FOR):
                self._void_proofs()
            super().save(*args, **kwargs)
            if is_new or "username" in before:
                FormerName.objects.claim(self, former=before.get("username", ""))

    def _void_proofs(self) -> None:
        """End what is proven for another address, password or standing
        than the one that is saved.
        """
        stored = User.objects.filter(pk=self.pk).values(*PROVEN_FOR).first()
        if stored and any(stored[name] != getattr(self, name) for name in PROVEN_FOR):
            Proof.objects.about([self.pk], [stored["email"], self.email]).void()

    @transaction.atomic
    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        presence_changed()
        with an_administrator_stays():
            FormerName.objects.release(User.objects.filter(pk=self.pk))
            return super().delete(*args, **options)

    def _stops_administering(self, update_fields: Iterable[str] | None) -> bool:
        columns = (
            ADMINISTRATOR.keys()
            if update_fields is None
            else ADMINISTRATOR.keys() & {*update_fields}
        )
        if self._state.adding or all(getattr(self, name) for name in columns):
            return False
        return User.objects.administrators().filter(pk=self.pk).exists()

    def _shown_before(self, update_fields: Iterable[str] | None) -> dict[str, Any]:
        """Return what readers see of the person now and what is about to change."""
        changes = SHOWN if update_fields is None else SHOWN.intersection(update_fields)
        stored = User.objects.filter(pk=self.pk).values(*changes).first() if changes else None
        return {name: old for name, old in (stored or {}).items() if old != getattr(self, name)}

    def get_absolute_url(self) -> str:
        return reverse("person", args=[self.username])

    def get_full_name(self) -> str:
        return self.username

    get_short_name = get_full_name

    @transaction.atomic
    def change(self, *, by: "User", changed: Collection[str]) -> None:
        """Save what somebody else changed of this person, as far as
        the table of roles allows. Raises NotAllowed.

        A changed address is vouched for by whoever changes
        it: it becomes the one that lets this person in.
        """
        from accounts.rights import demand_account

        if self.pk:
            demand_account("change_person", by, self)
        if not RIGHTS.isdisjoint(changed):
            demand_account("give_rights", by)
        # What the form did not change may have changed meanwhile.
        self.save(update_fields=self._columns_of(changed) if self.pk else None)
        if "email" in changed:
            self.emailaddress_set.all().delete()
            self.confirm_email()

    def _columns_of(self, fields: Collection[str]) -> set[str]:
        """Return the columns among these fields of a form, with those that mirror them."""
        columns = {field.name for field in self._meta.concrete_fields}.intersection(fields)
        return columns | ({"username_skeleton"} if "username" in columns else set())

    def confirm_email(self) -> None:
        """The address has been proven to be theirs: allauth lets them in by it."""
        self.emailaddress_set.update_or_create(
            email=self.email, defaults={"verified": True, "primary": True}
        )
