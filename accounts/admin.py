import base64
from typing import Any, cast

import allauth.account.admin  # it registers what is taken back below
import allauth.mfa.admin
import allauth.socialaccount.admin
import allauth.usersessions.admin  # noqa: F401
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    AdminUserCreationForm,
    UserChangeForm,
)
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import RIGHTS, Picture, Recovery, User
from accounts.profiles import change_profile, profile_of, remove_picture
from accounts.recoveries import Outcome
from accounts.rights import allows

admin.site.unregister(EmailAddress)  # the person's own page is where an address is changed
admin.site.unregister(
    UserSession
)  # a row given to somebody else would hide or end sessions that are theirs
# A row of these is as good as the key to an account.
admin.site.unregister([Authenticator, SocialAccount, SocialToken])
admin.site.unregister(SocialApp)  # providers are named by settings
admin.site.unregister(Group)


def picture_in_page(data: bytes) -> str:
    encoded = base64.b64encode(data).decode()
    return format_html(
        '<img src="data:image/webp;base64,{}" width="96" height="96" alt="">', encoded
    )


class NewPersonForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ("email", "username")


class PersonForm(UserChangeForm):
    class Meta:
        model = User
        exclude = ("language", "time_zone")  # chosen by each person alone


class NewPasswordForm(AdminPasswordChangeForm):
    def save(self, commit: bool = True) -> User:
        """Save the password alone: hashing it takes a while, in which the account may change."""
        person = cast(User, super().save(commit=False))
        person.save(update_fields=["password"])
        return person


class ForAdministrators(admin.ModelAdmin):
    """Rows that give or show rights: the permission to change
    them would be as much as being an administrator.
    """

    act = "give_rights"

    def has_module_permission(self, request: HttpRequest) -> bool:
        return super().has_module_permission(request) and allows(self.act, request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_view_permission(request, obj) and allows(self.act, request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and allows(self.act, request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and allows(self.act, request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and allows(self.act, request.user)


@admin.register(Group)
class RightsOfGroupsAdmin(ForAdministrators, GroupAdmin):
    pass


@admin.register(User)
class PersonAdmin(UserAdmin):
    form = PersonForm
    add_form = NewPersonForm
    change_password_form = NewPasswordForm
    list_display = ("username", "email", "is_active", "is_staff", "date_joined", "last_login")
    list_filter = ("is_active", "is_staff", "is_superuser", "date_joined")
    search_fields = ("username", "email")
    ordering = ("username", "pk")
    date_hierarchy = "date_joined"
    readonly_fields = ("date_joined", "last_login", "about", "portrait", "former")
    actions = ("remove_picture", "remove_about")
    show_full_result_count = False
    fieldsets = (
        (None, {"fields": ("username", "email", "password")}),
        (
            _("Permissions"),
            {"fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")},
        ),
        (_("Profile"), {"fields": ("about", "portrait", "former")}),
        (_("Dates"), {"fields": ("date_joined", "last_login")}),
    )
    add_fieldsets = (
        (None, {"fields": ("email", "username", "usable_password", "password1", "password2")}),
    )

    @admin.display(description=_("about"))
    def about(self, person: User) -> str:
        return profile_of(person).about

    @admin.display(description=_("picture"))
    def portrait(self, person: User) -> str:
        found = Picture.objects.filter(person=person).first()
        # Its address is its owner's alone where it is hidden.
        return picture_in_page(bytes(found.data)) if found else ""

    @admin.display(description=_("former names"))
    def former(self, person: User) -> str:
        return ", ".join(person.former_names.values_list("name", flat=True))

    @admin.action(description=_("Remove the picture of selected people"), permissions=["change"])
    def remove_picture(self, request: HttpRequest, queryset: "QuerySet[User]") -> None:
        for person in self._changeable(request, queryset):
            remove_picture(person)
            self.log_change(request, person, str(_("Removed the picture.")))

    @admin.action(description=_("Remove the text about selected people"), permissions=["change"])
    def remove_about(self, request: HttpRequest, queryset: "QuerySet[User]") -> None:
        for person in self._changeable(request, queryset):
            change_profile(person, about="")
            self.log_change(request, person, str(_("Removed the text about them.")))

    def _changeable(self, request: HttpRequest, people: "QuerySet[User]") -> list[User]:
        return [person for person in people if allows("change_person", request.user, person)]

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        return fields if allows("give_rights", request.user) else (*fields, *RIGHTS)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        may = super().has_change_permission(request, obj)
        return may and (obj is None or allows("change_person", request.user, obj))

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        may = super().has_delete_permission(request, obj)
        return may and (obj is None or allows("delete_person", request.user, obj))

    def save_model(
        self, request: HttpRequest, obj: User, form: "ModelForm[User]", change: bool
    ) -> None:
        """Save the person; a changed address is verified, because an editor vouches for it."""
        obj.change(by=cast(User, request.user), changed=form.changed_data if change else ["email"])


@admin.register(Recovery)
class RecoveryAdmin(ForAdministrators):
    """Ways back in: announced here, ended here, and never changed or deleted."""

    act = "recover_account"
    list_display = ("person", "created_at", "due_at", "outcome", "by")
    list_filter = ("outcome",)
    fields = ("person", "new_email", "removes_factors", "reason")
    autocomplete_fields = ("person",)
    readonly_fields = ()
    actions = ("withdraw",)
    show_full_result_count = False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Recovery, form: Any, change: bool) -> None:
        """Announce it to the owner of the account, instead of doing it."""
        made = Recovery.objects.announce(
            obj.person,
            by=cast(User, request.user),
            reason=obj.reason,
            new_email=obj.new_email,
            removes_factors=obj.removes_factors,
        )
        obj.pk = made.pk

    @admin.action(description=_("Withdraw"), permissions=["add"])
    def withdraw(self, request: HttpRequest, queryset: Any) -> None:
        ended = queryset.end(Outcome.WITHDRAWN)
        words = ngettext("%(n)d recovery is withdrawn.", "%(n)d recoveries are withdrawn.", ended)
        self.message_user(request, words % {"n": ended})
