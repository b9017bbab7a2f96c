from collections.abc import Callable

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user
from django.contrib.auth.models import Permission
from django.test import Client

from accounts.models import Picture, Profile, User
from accounts.profiles import change_profile, set_picture
from accounts.rename import rename
from tests.accounts.meanwhile import meanwhile
from tests.conftest import PASSWORD, person


@pytest.fixture
def desk(moderator: User, client_of: Callable[[User], Client]) -> Client:
    return client_of(moderator)


def test_people_are_found_by_name_and_address(
    desk: Client, reader: User, other_reader: User
) -> None:
    for words in ("okafor", "ines@example"):
        page = desk.get("/admin/accounts/user/", {"q": words}).content
        assert b"Ines Okafor" in page
        assert b"Tomas Reyle" not in page


def test_a_name_that_looks_like_anothers_is_an_error_and_not_a_fault(
    desk: Client, reader: User, other_reader: User
) -> None:
    page = desk.post(
        f"/admin/accounts/user/{other_reader.pk}/change/",
        {"username": "ines okafor", "email": "t@example.com"},
    )
    assert b"looks like it" in page.content


def test_somebody_added_there_can_sign_in(desk: Client, client: Client) -> None:
    fields = {"email": "nia@example.com", "username": "Nia", "usable_password": "true"}
    desk.post("/admin/accounts/user/add/", fields | {"password1": PASSWORD, "password2": PASSWORD})
    client.post("/accounts/login/", {"login": "nia@example.com", "password": PASSWORD})
    assert get_user(client).username == "Nia"


def test_an_address_changed_there_lets_in_and_the_old_one_does_not(
    desk: Client, reader: User
) -> None:
    desk.post(
        f"/admin/accounts/user/{reader.pk}/change/",
        {"username": "Ines Okafor", "email": "New@example.com", "is_active": "on"},
    )
    assert reader.emailaddress_set.get().email == "new@example.com"


def test_its_door_is_the_sites_own(client: Client, db: None) -> None:
    assert client.get("/admin/").url == "/admin/login/?next=/admin/"
    assert client.get("/admin/login/?next=/admin/").url == "/accounts/login/?next=%2Fadmin%2F"


@pytest.mark.parametrize("action", ["remove_picture", "remove_about"])
def test_staff_remove_what_a_reader_tells_but_not_what_staff_tell(
    action: str, reader: User, moderator: User, client_of: Callable[[User], Client]
) -> None:
    staff = person("Sven Staff", is_staff=True)
    staff.user_permissions.set(Permission.objects.filter(codename__in=["change_user", "view_user"]))
    for each in (reader, moderator):
        change_profile(each, about="Words.")
        set_picture(each, b"picture")
    fields = {"action": action, "_selected_action": [reader.pk, moderator.pk]}
    assert client_of(staff).post("/admin/accounts/user/", fields).status_code == 302
    if action == "remove_picture":
        assert Picture.objects.get().person == moderator
    else:
        assert Profile.objects.get(about="Words.").person == moderator
    assert LogEntry.objects.get().object_id == str(reader.pk)


def test_the_page_of_a_person_shows_their_profile_and_former_names(
    reader: User, moderator: User, client_of: Callable[[User], Client]
) -> None:
    change_profile(reader, about="Walks at <b>low tide</b>.", shows_about=False)
    set_picture(reader, b"picture")
    rename(reader, "Ines Marlow")
    html = client_of(moderator).get(f"/admin/accounts/user/{reader.pk}/change/").text
    assert "Walks at &lt;b&gt;low tide&lt;/b&gt;." in html
    assert "data:image/webp;base64,cGljdHVyZQ==" in html
    assert "Ines Okafor" in html


def test_what_a_form_leaves_as_it_was_may_have_changed_meanwhile(desk: Client) -> None:
    reader = person("Finn")
    address = f"/admin/accounts/user/{reader.pk}/change/"
    data = {"username": "Finn Berg", "email": reader.email, "is_active": "on"}
    with meanwhile(reader, is_active=False):
        assert desk.post(address, data).status_code == 302
    reader.refresh_from_db()
    assert (reader.username, reader.is_active) == ("Finn Berg", False)
    assert User.objects.has_name_like("Finn Berg")


def test_a_new_password_leaves_what_changed_meanwhile(desk: Client) -> None:
    reader = person("Finn")
    words = {"password1": "a lantern on the pier", "password2": "a lantern on the pier"}
    with meanwhile(reader, is_active=False):
        response = desk.post(f"/admin/accounts/user/{reader.pk}/password/", words)
        assert response.status_code == 302
    reader.refresh_from_db()
    assert (reader.check_password("a lantern on the pier"), reader.is_active) == (True, False)
