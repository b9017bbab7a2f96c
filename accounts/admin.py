from typing import Any, cast

import allauth.account.admin  # it registers what is taken back below
import allauth.mfa.admin
import allauth.usersessions.admin  # noqa: F401
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import RIGHTS, User
from accounts.rights import allows

admin.site.unregister(EmailAddress)  # the person's own page is where an address is changed
admin.site.unregister(
    UserSession
)  # a row given to somebody else would hide or end sessions that are theirs
admin.site.unregister(Authenticator)  # its row is as good as the key to the account
admin.site.unregister(Group)


class NewPersonForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ("email", "username")


class PersonForm(UserChangeForm):
    class Meta:
        model = User
        exclude = ("language", "time_zone")  # chosen by each person alone


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
    list_display = ("username", "email", "is_active", "is_staff", "date_joined", "last_login")
    list_filter = ("is_active", "is_staff", "is_superuser", "date_joined")
    search_fields = ("username", "email")
    ordering = ("username", "pk")
    date_hierarchy = "date_joined"
    readonly_fields = ("date_joined", "last_login")
    show_full_result_count = False
    fieldsets = (
        (None, {"fields": ("username", "email", "password")}),
        (
            _("Permissions"),
            {"fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")},
        ),
        (_("Dates"), {"fields": ("date_joined", "last_login")}),
    )
    add_fieldsets = (
        (None, {"fields": ("email", "username", "usable_password", "password1", "password2")}),
    )

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
