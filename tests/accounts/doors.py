"""The doors of the site: how somebody gets to the end of the first step at each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.test import Client

from accounts.models import User
from forum.models import Draft
from tests.accounts.elsewhere import FINISH, Provider, sign_in_elsewhere
from tests.conftest import OUR_PAGE, PASSWORD
from tests.forum.posting.drafts import write
from tests.mail import Outbox, code_in, link_in

LOGIN = "/accounts/login/"
RESET = "/accounts/password/reset/"
NEXT = "/topics/tides/"
NEW_PASSWORD = "a lantern on the pier"


@dataclass
class Visit:
    """A person at a door."""

    client: Client
    person: User
    outbox: Outbox
    provider: Provider

    def post(self, path: str, **fields: str) -> Any:
        return self.client.post(path, fields, **OUR_PAGE)

    def code(self) -> str:
        return code_in(self.outbox()[-1])

    def open_link(self, place: str) -> str:
        return link_in(self.outbox()[-1], place)


def password(visit: Visit) -> Any:
    return visit.post(LOGIN, login=visit.person.email, password=PASSWORD, next=NEXT)


def password_at_the_admin(visit: Visit) -> Any:
    User.objects.filter(pk=visit.person.pk).update(is_staff=True)
    door = visit.client.get("/admin/", follow=True).redirect_chain[-1][0]
    return visit.post(door, login=visit.person.email, password=PASSWORD)


def password_with_an_unconfirmed_address(visit: Visit) -> Any:
    visit.person.emailaddress_set.update(verified=False)
    step = password(visit)
    return visit.post(step.url, code=visit.code())


def mailed_code(visit: Visit) -> Any:
    visit.post("/accounts/login/code/", email=visit.person.email, next=NEXT)
    return visit.post("/accounts/login/code/confirm/", code=visit.code())


def mailed_link(visit: Visit) -> Any:
    visit.post("/accounts/login/code/", email=visit.person.email, next=NEXT)
    visit.client.get(visit.open_link(f"{RESET}key/"))
    return visit.post(f"{RESET}key/", skip="1", next=NEXT)


def code_of_a_sign_up_with_a_known_address(visit: Visit) -> Any:
    visit.post("/accounts/signup/", email=visit.person.email, username="Another Name", next=NEXT)
    return visit.post("/accounts/signup/confirm/", code=visit.code())


def forgotten_password_by_code(visit: Visit, **choice: str) -> Any:
    visit.post(RESET, email=visit.person.email, next=NEXT)
    visit.post(f"{RESET}confirm/", code=visit.code(), next=NEXT)
    return visit.post(f"{RESET}complete/", **{"password1": NEW_PASSWORD, "next": NEXT, **choice})


def forgotten_password_by_code_unchanged(visit: Visit) -> Any:
    return forgotten_password_by_code(visit, skip="1")


def forgotten_password_by_link(visit: Visit) -> Any:
    visit.post(RESET, email=visit.person.email, next=NEXT)
    visit.client.get(visit.open_link(f"{RESET}key/"))
    return visit.post(f"{RESET}key/", password1=NEW_PASSWORD, next=NEXT)


def code_of_a_draft(visit: Visit) -> Any:
    draft = write(visit.client, email=visit.person.email)
    return visit.post(draft, code=visit.code())


def link_of_a_draft(visit: Visit) -> Any:
    write(Client(), email=visit.person.email)
    link = visit.open_link("/drafts/")
    return visit.post(link, mine="yes")


def password_of_a_draft(visit: Visit) -> Any:
    draft = write(visit.client, email=visit.person.email)
    return visit.post(draft, password=PASSWORD)


def forgotten_password_while_writing(visit: Visit) -> Any:
    words = {"body": "My harbour is up a river.", "email": visit.person.email}
    step = visit.post("/articles/high-tide/comments/forgot/", **words)
    draft = Draft.objects.get().get_absolute_url()
    visit.post(step.url, code=visit.code())
    return visit.post(f"{RESET}complete/", skip="1", next=draft)


def account_elsewhere(visit: Visit) -> Any:
    SocialAccount.objects.create(user=visit.person, provider="openid", uid="ines")
    return sign_in_elsewhere(visit.client, visit.provider, "ines", next=NEXT)


def code_for_an_account_elsewhere(visit: Visit) -> Any:
    visit.provider.knows("ines", email=visit.person.email, email_verified=True)
    sign_in_elsewhere(visit.client, visit.provider, "ines", next=NEXT)
    step = visit.post(FINISH)
    return visit.post(step.url, code=visit.code())


def password_while_writing(visit: Visit) -> Any:
    """By the link to other ways to sign in, with the comment saved as a draft."""
    draft = write(visit.client, email="typo@example.com")
    return visit.post(LOGIN, login=visit.person.email, password=PASSWORD, next=draft)


def account_elsewhere_while_writing(visit: Visit) -> Any:
    SocialAccount.objects.create(user=visit.person, provider="openid", uid="ines")
    draft = write(visit.client, email="typo@example.com")
    return sign_in_elsewhere(visit.client, visit.provider, "ines", next=draft)


Walk = Callable[[Visit], Any]

# The addresses at which somebody is signed in, with the walks that lead there.
DOORS: dict[str, list[Walk]] = {
    "account_login": [password, password_at_the_admin, password_while_writing],
    "account_email_verification_sent": [password_with_an_unconfirmed_address],
    "account_confirm_login_code": [mailed_code, code_for_an_account_elsewhere],
    "openid_connect_callback": [account_elsewhere, account_elsewhere_while_writing],
    "account_confirm_signup": [code_of_a_sign_up_with_a_known_address],
    "account_complete_password_reset": [
        forgotten_password_by_code,
        forgotten_password_by_code_unchanged,
        forgotten_password_while_writing,
    ],
    "account_reset_password_from_link": [mailed_link, forgotten_password_by_link],
    "draft": [code_of_a_draft, link_of_a_draft, password_of_a_draft],
}
POSTING = {code_of_a_draft, link_of_a_draft, password_of_a_draft, forgotten_password_while_writing}
LOOKING = {password_while_writing, account_elsewhere_while_writing}
NEW_PASSWORDS = {forgotten_password_by_code, forgotten_password_by_link}
WALKS = [walk for walks in DOORS.values() for walk in walks]
