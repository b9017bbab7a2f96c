"""The life of a person who leaves an unmistakable string wherever they can.

A new form that stores words gets a line here: the test of the deletion looks for the string.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from allauth.socialaccount.models import SocialAccount
from django.core.management.color import no_style
from django.db import connection
from django.test import Client
from django.urls import reverse
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from time_machine import TimeMachineFixture

from accounts.models import User
from articles.models import Article, Topic
from forum.models import (
    Comment,
    FlagReason,
    ModerationAction,
    Moderator,
    Rule,
    Subscription,
    Takedown,
)
from mail.models import UndeliveredEmail
from tests.conftest import OUR_PAGE
from tests.mail import Outbox, code_in

NUMBER = 987654321  # of an account: the next one is as unmistakable as a word
COMMENTS = "/articles/high-tide/comments/"
SIGNUP, LOGIN = "/accounts/signup/", "/accounts/login/"
ADDRESS = "203.0.113.77"


def number_the_next_account() -> None:
    """Give the next account an unmistakable number."""
    User.objects.create(pk=NUMBER, email="before@example.com", username="The One Before")
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [User]):
            cursor.execute(statement)


class Life:
    def __init__(
        self,
        *,
        article: Article,
        administrator: Client,
        other: User,
        outbox: Outbox,
        time_machine: TimeMachineFixture,
    ) -> None:
        self.article, self.administrator, self.other = article, administrator, other
        self.outbox, self.clock = outbox, time_machine
        self.words: dict[str, str] = {}  # what was planted, by where
        self.published: set[str] = set()  # of these, what readers see of comments
        self.password = self._never_stored("a password")
        self.email = f"{self.word('first address')}@example.com"
        self.name = self.word("first name")
        agent = self.word("user agent")
        self.browser = Client(HTTP_USER_AGENT=agent, REMOTE_ADDR=ADDRESS)

    def word(self, where: str) -> str:
        """Return a new string, and note where it is planted."""
        self.words[where] = f"zq{len(self.words):02}quandary"
        return self.words[where]

    def _never_stored(self, where: str) -> str:
        return f"xj{where.replace(' ', '')}marker kept nowhere"

    def live(self) -> None:
        self.words["network address"] = ADDRESS
        self.join()
        self.comment()
        self.draft()
        self.report()
        self.be_moderated()
        self.be_a_moderator()
        self.change()
        self.sign_in_in_other_ways()
        self.fail()
        self.search()

    @property
    def person(self) -> User:
        return User.objects.get(pk=self.number)

    def wait(self, **time: int) -> None:
        self.clock.shift(timedelta(**time))

    # --- Accounts ---

    def join(self) -> None:
        number_the_next_account()
        fields = {"email": self.email, "username": self.name, "password1": self.password}
        self.browser.post(SIGNUP, fields)
        self.browser.post("/accounts/signup/confirm/", {"code": code_in(self.outbox()[-1])})
        self.browser.get("/accounts/")  # the session notes browser and network
        self.number = User.objects.get(username=self.name).pk
        second = Client(HTTP_USER_AGENT=self.word("user agent of a second browser"))
        second.post(LOGIN, {"login": self.email, "password": self.password})
        second.get("/accounts/")
        elsewhere = Client()
        typed = {"email": self.email, "username": self.word("name typed in another browser")}
        elsewhere.post(SIGNUP, typed)
        assert self.person.email == self.email

    def change(self) -> None:
        self.wait(hours=2)
        self.administrator.post(
            reverse("admin:accounts_user_change", args=[self.number]),
            {"username": self.name, "email": self.email, "is_active": "on", "date_joined": ""},
        )
        new = f"{self.word('second address')}@example.com"
        self.browser.post("/accounts/reauthenticate/", {"password": self.password})
        self.browser.post("/accounts/email/", {"action_add": "1", "email": new})
        self.browser.post("/accounts/confirm-email/", {"code": code_in(self.outbox()[-1])})
        self.email = new
        assert self.person.email == new
        pending = f"{self.word('address that waits for its code')}@example.com"
        self.browser.post("/accounts/email/", {"action_add": "1", "email": pending})
        self.outbox()
        Subscription.objects.create(email=self.email, article=self.article)

    def sign_in_in_other_ways(self) -> None:
        profile = {"email": self.word("address elsewhere"), "name": self.word("name elsewhere")}
        account = {"provider": "openid", "uid": self.word("number elsewhere")}
        SocialAccount.objects.create(user=self.person, extra_data=profile, **account)
        new = f"{self.word('address of a recovery')}@example.com"
        fields = {"person": self.number, "new_email": new, "reason": self.word("why recovered")}
        self.administrator.post(reverse("admin:accounts_recovery_add"), fields)
        assert self.person.recoveries.get().outcome == "waiting"

    def rename(self) -> None:
        self.name = self.word("second name")
        self.administrator.post(
            reverse("admin:accounts_user_change", args=[self.number]),
            {"username": self.name, "email": self.email, "is_active": "on"},
        )
        assert self.person.username == self.name

    # --- Comments ---

    def post(
        self, where: str, *, before: str = "", is_public: bool = True, **fields: Any
    ) -> Comment:
        self.wait(minutes=1)
        body = f"{before} {self.word(where)} {fields.pop('after', '')}".strip()
        if is_public:
            self.published.add(where)
        data = {"body": body, "key": uuid4().hex, **fields}
        self.browser.post(COMMENTS, data)
        return Comment.objects.get(body=body)

    def comment(self) -> None:
        first = self.post("comment")
        self.post("reply", parent=first.pk)
        self.post("question", kind="question")
        self.post("correction", kind="correction")
        self.post("comment on a passage", passage="p-1")
        self.post("comment with a link", before="https://", after=".example.com/ there")
        self.post("quotation of a comment", after=f"\n\nhttp://localhost:8000/comments/{first.pk}/")
        self._edit()
        deleted = self.post("deleted comment", is_public=False)
        self.browser.post(reverse("delete_comment", args=[deleted.pk]))
        words = {"name": "Held", "check_kind": "words", "words": "holdthis", "explanation": "No."}
        Rule.objects.create(**words, verdict="hold", is_on=True)
        self.post("held comment", before="holdthis", is_public=False)

    def _edit(self) -> None:
        edited = self.post("comment before an edit")
        self.wait(minutes=5)
        words = self.word("comment after an edit")
        self.published.add("comment after an edit")
        self.browser.post(
            reverse("edit_comment", args=[edited.pk]), {"body": words, "edition": edited.version}
        )
        assert Comment.objects.get(pk=edited.pk).body == words

    def draft(self) -> None:
        address = {"email": self.email}
        for button in ("", "forgot/", "sign-in/"):
            self.wait(minutes=30)
            words = self.word(f"draft by {button or 'posting'}")
            browser = Client(REMOTE_ADDR="198.51.100.7")
            browser.post(f"{COMMENTS}{button}", {"body": words, **address}, **OUR_PAGE)
        self.wait(hours=1)
        browser = Client(REMOTE_ADDR="198.51.100.8")
        words = self.word("comment posted by a code")
        self.published.add("comment posted by a code")
        step = browser.post(COMMENTS, {"body": words, **address}, **OUR_PAGE).url
        browser.post(step, {"code": code_in(self.outbox()[-1])})
        assert Comment.objects.get(body=words).author_id == self.number

    # --- Reports and moderation ---

    def report(self) -> None:
        self.wait(hours=1)
        theirs = self._comment_of_the_other()
        for name in ("spam", "illegal"):
            FlagReason.objects.get_or_create(reason=name, defaults={"name": name})
        flag, spam = reverse("flag", args=[theirs.pk]), FlagReason.objects.get(reason="spam").pk
        self.browser.post(flag, {"reason": spam, "note": self.word("note of a report")}, **OUR_PAGE)
        notice = {
            "reason": FlagReason.objects.get(reason="illegal").pk,
            "url": f"https://example.com/{self.word('address in a report')}",
            "law": self.word("law in a report"),
            "explanation": self.word("explanation of a report"),
            "name": self.word("name in a report"),
            "good_faith": "on",
        }
        second = self._comment_of_the_other()
        self.browser.post(
            reverse("flag", args=[second.pk]), notice | {"email": self.email}, **OUR_PAGE
        )
        third = self._comment_of_the_other()
        explanation = self.word("explanation of a report without an account")
        notice |= {"explanation": explanation, "email": self.email}
        Client().post(reverse("flag", args=[third.pk]), notice, **OUR_PAGE)

    def _comment_of_the_other(self) -> Comment:
        client = Client()
        client.force_login(
            self.other, backend="allauth.account.auth_backends.AuthenticationBackend"
        )
        self.wait(minutes=1)
        body = f"Words of somebody else {uuid4()}."
        client.post(COMMENTS, {"body": body, "key": uuid4().hex})
        return Comment.objects.get(body=body)

    def be_moderated(self) -> None:
        self.wait(hours=1)
        for decision in ("remove", "erase"):
            comment = self.post(f"comment to {decision}", is_public=False)
            note = self.word(f"note to {decision}")
            fields = {"decision": decision, "reason": "unkind", "note": note}
            self.administrator.post(reverse("moderate", args=[comment.pk]), fields)
        removal = ModerationAction.objects.get(kind="remove")
        statement = reverse("statement", args=[removal.pk])
        self.browser.post(statement, {"words": self.word("objection")})
        objection = removal.objection
        answer = {"outcome": "rejected", "answer": self.word("answer to an objection")}
        objection.decided_by = None
        objection.answer, objection.outcome = answer["answer"], answer["outcome"]
        objection.save()
        self._be_taken_down()

    def _be_taken_down(self) -> None:
        """Be warned and silenced; all comments are removed at once, and that is undone."""
        measures = reverse("sanction_person", args=[self.name])
        warning = {"decision": "warn", "reason": "unkind", "note": self.word("note to a warning")}
        self.administrator.post(measures, warning)
        note = self.word("note to a removal of all comments")
        fields = {"reason": "unkind", "days": "7", "sanction": "silence", "takedown": "all"}
        self.administrator.post(measures, {"decision": "sanction", "note": note, **fields})
        takedown = Takedown.objects.get(note=note)
        self.administrator.post(reverse("undo_takedown", args=[takedown.pk]))
        assert Comment.objects.filter(author=self.number, status="published").count() > 5

    def be_a_moderator(self) -> None:
        Moderator.objects.create(person=self.person, topic=Topic.objects.get())
        view = {"name": self.word("saved filter"), "query": f"q={self.word('search in a filter')}"}
        self.browser.post(reverse("save_view"), view)

    # --- Accidents ---

    def fail(self) -> None:
        """Have an email refused, and a task end with an error."""
        content = {"subject": "", "body": self.word("email that was refused"), "to": [self.email]}
        answer = f"550 no such mailbox {self.word('answer of a mail server')}"
        UndeliveredEmail.objects.create(
            message_id="<1@localhost>", recipient=self.email, content=content, answer=answer
        )
        DBTaskResult.objects.create(
            status=TaskResultStatus.FAILED,
            args_kwargs={"args": [], "kwargs": {}},
            task_path="accounts.tasks.send_account_mail",
            backend_name="default",
            run_after="2026-01-01T00:00:00Z",
            traceback=f"ValueError: {self.email}, {self.word('error of a task')}",
        )

    def search(self) -> None:
        """Type what must not be stored anywhere, not even in the log."""
        self.never_stored = [self.password]
        for where in ("/search/?q=", "/moderation/log/?q=", "/moderation/people/?q=", "/xj/"):
            word = self._never_stored("search").replace(" ", "")
            self.browser.get(f"{where}{word}", HTTP_REFERER=f"https://{word}.example.com/")
            self.never_stored.append(word)


Plant = Callable[[], Life]
WORD = re.compile(r"zq\d\dquandary")
