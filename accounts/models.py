from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.names import NAME_MAX_LENGTH, clean_name, skeleton


class UserManager(BaseUserManager["User"]):
    def create_user(self, *, email: str, username: str, password: str | None = None, **fields: Any) -> "User":
        """Raises ValidationError when the name is not allowed, IntegrityError when it is taken."""
        user = self.model(email=self.normalize_email(email).lower(), username=clean_name(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, *, email: str, username: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email=email, username=username, password=password, is_staff=True, is_superuser=True)


class User(AbstractBaseUser, PermissionsMixin):
    """A person: signs in by mail address, is known by a public name."""

    email = models.EmailField(_("email address"), unique=True)
    username = models.CharField(_("name to show"), max_length=NAME_MAX_LENGTH, unique=True)
    # What the name looks like: two people whose names look alike cannot both exist.
    username_skeleton = models.CharField(max_length=4 * NAME_MAX_LENGTH, unique=True, editable=False)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("may use the admin"), default=False)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now, editable=False)

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

    def save(self, *args: Any, **kwargs: Any) -> None:
        # Derived, not control flow: the column cannot be left behind by the name it mirrors.
        self.username_skeleton = skeleton(self.username)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("person", args=[self.username])

    def get_full_name(self) -> str:
        return self.username

    get_short_name = get_full_name
