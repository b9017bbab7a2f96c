"""The address of a picture gives pixels and nothing else, to those who may see it."""

from collections.abc import Callable

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Picture, User
from accounts.profiles import change_profile, set_picture


def address_of(person: User) -> str:
    set_picture(person, b"RIFF....WEBP")
    return Picture.objects.get(person=person).get_absolute_url()


def test_a_picture_is_served_as_a_picture_and_may_do_nothing(reader: User) -> None:
    answer = Client().get(address_of(reader))
    assert answer.content == b"RIFF....WEBP"
    assert answer["Content-Type"] == "image/webp"
    assert answer["X-Content-Type-Options"] == "nosniff"
    policy = {rule.strip() for rule in answer["Content-Security-Policy"].split(";")}
    assert policy == {"default-src 'none'", "frame-ancestors 'none'", "sandbox"}
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"


def test_browsers_store_it_for_ever_and_nobody_between_does(
    reader: User, client_of: Callable[[User], Client]
) -> None:
    address = address_of(reader)
    for browser in (Client(), client_of(reader)):
        assert browser.get(address)["Cache-Control"] == "private, max-age=31536000, immutable"


def test_a_hidden_picture_is_its_owners_alone(
    reader: User, other_reader: User, client_of: Callable[[User], Client]
) -> None:
    address = address_of(reader)
    change_profile(reader, shows_picture=False)
    browsers = [Client(), client_of(other_reader), client_of(reader)]
    assert [browser.get(address).status_code for browser in browsers] == [404, 404, 200]


def test_a_deactivated_persons_picture_is_gone(reader: User) -> None:
    address = address_of(reader)
    User.objects.filter(pk=reader.pk).update(is_active=False)
    assert Client().get(address).status_code == 404


def test_an_address_of_no_picture_is_not_found(db: None) -> None:
    for name in ("a" * 22, "a", "%00" * 22, "..%2F..%2Fsettings"):
        assert Client().get(f"/pictures/{name}.webp").status_code == 404


def test_a_picture_is_one_statement(
    reader: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    address = address_of(reader)
    with django_assert_num_queries(1):
        Client().get(address)
