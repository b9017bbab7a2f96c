"""Every way in obeys the table of roles, and a way in without a row here fails.

The ways are not listed: the URLs, the admin's registry and the commands are asked for them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.core.management import get_commands
from django.db import models, transaction
from django.test import Client, RequestFactory
from django.urls import get_resolver, reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from accounts.roles import WHOLE_SITE, Actor, Subject, refusal
from articles.models import Article, Topic
from config.models import PolicyViolation
from forum.models import (
    Case,
    Comment,
    Discussion,
    Flag,
    FlagReason,
    ModerationAction,
    Moderator,
    Objection,
    Policy,
    Rule,
    Sanction,
    Takedown,
)
from forum.posting.visibility import change_status
from mail.models import UndeliveredEmail
from tests.conftest import person
from tests.test_routes import names

DAY = timedelta(days=1)

# --- Who tries ---


@dataclass
class Role:
    """Somebody who tries, with the facts that the table is
    asked about; they are not read from the database.
    """

    client: Client = field(default_factory=Client)
    user: User | None = None
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def person(self) -> User:
        assert self.user
        return self.user

    @property
    def actor(self) -> Actor:
        return Actor(self.user.pk, **self.facts) if self.user else Actor()


Roles = dict[str, Role]


def grant(user: User, *permissions: str) -> None:
    codenames = [permission.split(".")[1] for permission in permissions]
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))


@pytest.fixture
def roles(topic: Topic, client_of: Callable[[User], Client]) -> Roles:
    def role(name: str, *, permissions: tuple[str, ...] = (), **facts: Any) -> Role:
        is_administrator = facts.get("is_administrator", False)
        is_staff = bool(permissions) or is_administrator
        user = person(name, is_staff=is_staff, is_superuser=is_administrator)
        grant(user, *permissions)
        return Role(client_of(user), user, facts | {"permissions": permissions})

    other = Topic.objects.create(name="Wind", slug="wind")
    made = {
        "anonymous": Role(),
        "reader": role("Reader One"),
        "moderator of the topic": role("Topic Keeper", topics=frozenset({topic.pk})),
        "moderator of another topic": role("Wind Keeper", topics=frozenset({other.pk})),
        "moderator of the site": role("Site Keeper", topics=WHOLE_SITE),
        "suspended moderator": role("Late Keeper", topics=WHOLE_SITE, is_sanctioned=True),
        "editor": role(
            "Edith Page", permissions=("articles.change_article", "articles.delete_article")
        ),
        "staff for sanctions": role("Sancho Paz", permissions=("forum.add_sanction",)),
        "staff for comments": role(
            "Connie Lee", permissions=("forum.change_comment",), topics=WHOLE_SITE
        ),
        "administrator": role("Chief One", is_administrator=True, topics=WHOLE_SITE),
    }
    for each in made.values():
        topics = each.facts.get("topics", frozenset())
        if each.user and not each.user.is_staff:
            rows = [None] if topics is WHOLE_SITE else topics
            Moderator.objects.bulk_create(Moderator(person=each.user, topic_id=key) for key in rows)
    until = timezone.now() + DAY
    Sanction.objects.create(
        person=made["suspended moderator"].person, kind="suspension", until=until, reason="unkind"
    )
    return made


class Undone:
    """What is tried in here is taken back, so that one set-up serves all."""

    def __enter__(self) -> None:
        self.atomic = transaction.atomic()
        self.atomic.__enter__()

    def __exit__(self, *error: Any) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(*error)


def author_of(comment: Comment) -> User:
    assert comment.author
    return comment.author


# --- Pages: each decision that can be posted, and the row of the table it belongs to ---

Post = Callable[[Client, Comment], object]


def to_comment(decision: str) -> Post:
    return lambda client, comment: client.post(
        reverse("moderate", args=[comment.pk]), {"decision": decision, "reason": "spam", "note": ""}
    )


def to_case(decision: str, **more: Any) -> Post:
    def post(client: Client, comment: Comment) -> None:
        case = Case.objects.create(
            comment=comment, topic=comment.discussion.article.topic, cause="flags", severity=1
        )
        client.post(
            reverse("case", args=[case.pk]),
            {"decision": decision, "reason": "spam", "days": "7", **more},
        )

    return post


def to_several(client: Client, comment: Comment) -> None:
    case = Case.objects.create(
        comment=comment, topic=comment.discussion.article.topic, cause="flags", severity=1
    )
    client.post(reverse("several"), {"decision": "approve", "cases": [case.pk]})


def to_discussion(client: Client, comment: Comment) -> None:
    client.post(
        reverse("moderate_discussion", args=["high-tide"]), {"slow_minutes": "5", "state": "open"}
    )


def to_person(decision: str) -> Post:
    def post(client: Client, comment: Comment) -> None:
        if decision == "lift":
            Sanction.objects.create(
                person=author_of(comment),
                kind="silence",
                until=timezone.now() + DAY,
                reason="unkind",
            )
        address = reverse("sanction_person", args=[comment.author_name])
        client.post(
            address, {"decision": decision, "reason": "spam", "days": "7", "sanction": "silence"}
        )

    return post


def line(comment: Comment, kind: str, **what: Any) -> ModerationAction:
    made = ModerationAction.record(kind, by=None, comment=comment, person=comment.author, **what)
    assert made
    return made


def undo_of_a_removal(client: Client, comment: Comment) -> None:
    with transaction.atomic():
        change_status(comment, "published", "removed", removal_reason="spam")
    removal = line(comment, "remove", status_before="published", reason="spam")
    client.post(reverse("undo", args=[removal.pk]))


def undo_of_a_takedown(client: Client, comment: Comment) -> None:
    author, until = author_of(comment), timezone.now() + DAY
    Sanction.objects.create(person=author, kind="silence", until=until, reason="unkind")
    imposed = ModerationAction.record("silence", by=None, person=author, until=until)
    takedown = Takedown.objects.create(person=author, sanction=imposed, reason="unkind")
    client.post(reverse("undo_takedown", args=[takedown.pk]))


def undo_of_a_warning(client: Client, comment: Comment) -> None:
    client.post(reverse("undo", args=[line(comment, "warn").pk]))


def answer_to_an_objection(client: Client, comment: Comment) -> None:
    objection = Objection.objects.create(
        action=line(comment, "warn"), person=author_of(comment), words="No."
    )
    client.post(
        reverse("objection", args=[objection.pk]), {"outcome": "rejected", "answer": "Yes."}
    )


PAGES: dict[str, list[tuple[str, Post]]] = {
    "moderate": [(choice, to_comment(choice)) for choice in ("remove", "erase", "pin", "pick")],
    "case": [
        ("approve", to_case("approve")),
        ("remove", to_case("remove")),
        ("edit", to_case("edit", body="Other words.")),
        ("warn", to_case("warn")),
        ("suspend", to_case("sanction", sanction="suspension")),
    ],
    "several": [("approve", to_several)],
    "moderate_discussion": [("slow", to_discussion)],
    "sanction_person": [
        ("warn_person", to_person("warn")),
        ("silence", to_person("sanction")),
        ("lift", to_person("lift")),
    ],
    "undo_takedown": [("lift", undo_of_a_takedown)],
    "undo": [("restore", undo_of_a_removal), ("withdraw_warning", undo_of_a_warning)],
    "objection": [("reject", answer_to_an_objection)],
}
ABOUT_NOBODY = {"slow"}
# These pages show something, or change what belongs to whoever asks:
# tests/test_routes.py and the tests of each.
NO_DECISIONS = """
account account_change_password account_complete_password_reset account_confirm_login_code
account_confirm_password_reset_code account_confirm_reauthentication account_confirm_restore_email
account_confirm_signup
account_email account_email_verification_sent account_restore_email
account_inactive account_login account_logout account_password_reset_completed account_reauthenticate
account_request_login_code account_reset_password account_reset_password_done account_reset_password_from_key
account_reset_password_from_link favicon policy_reports
account_set_password account_signup article article_feed articles_feed change_password claim comment corrections
delete_comment delete_view draft draft_code draft_discard draft_undiscard edit_comment flag flags forgot_while_writing
sign_in_while_writing
healthz help
history home live live_queue moderated_people moderation_log moderation_report moderation_report_csv newer
moderation_report_for_commission
objections passage
people_of_discussion person post_comment preview_comment questions queue readyz reasons record reply robots save_view
security_txt settled sitemap statement statements theme topic undelete_comment usersessions_list visit vote
""".split()


def test_every_page_has_a_row() -> None:
    known = {*PAGES, *NO_DECISIONS}
    assert {name for name in names(get_resolver().url_patterns) if name not in known} == set()


def attempts() -> Iterator[tuple[str, str, Post]]:
    for page, posts in PAGES.items():
        for act, post in posts:
            yield page, act, post


@pytest.mark.parametrize("whose", ["somebody else's", "their own"])
def test_every_page_decides_as_the_table_says(
    whose: str, roles: Roles, say: Callable[..., Comment]
) -> None:
    wrong = []
    for name, role in roles.items():
        author = role.user if whose == "their own" and role.user else roles["reader"].person
        comment = say(f"{name} reads this.", by=author)
        for page, act, post in attempts():
            with Undone():
                post(role.client, Comment.objects.get(pk=comment.pk))
                is_done = ModerationAction.objects.filter(
                    moderator=role.user, is_automatic=False
                ).exists()
            if is_done is not is_allowed(act, role, comment):
                wrong.append(f"{name}: {act} at {page} was {'done' if is_done else 'refused'}")
    assert wrong == []


def is_allowed(act: str, role: Role, comment: Comment) -> bool:
    author = author_of(comment)
    topic = comment.discussion.article.topic_id
    subject = Subject(None if act in ABOUT_NOBODY else author.pk, author.is_staff, topic)
    # Pages of moderators let nobody in who moderates nothing.
    moderates = bool(role.actor.topics is WHOLE_SITE or role.actor.topics)
    return moderates and refusal(act, role.actor, subject) is None


# --- The admin ---

PERMITTED, ADMINISTRATORS, NOBODY = "with the permission", "administrators", "nobody"
ADMIN = {
    "accounts.user": dict.fromkeys(["add", "change", "delete", "delete_selected"], PERMITTED),
    "auth.group": dict.fromkeys(["add", "change", "delete", "delete_selected"], ADMINISTRATORS),
    "articles.topic": dict.fromkeys(
        ["add", "change", "delete", "delete_selected", "list"], PERMITTED
    ),
    "articles.article": dict.fromkeys(
        ["add", "change", "delete", "delete_selected", "FactInline", "FAQInline"], PERMITTED
    ),
    "forum.comment": dict.fromkeys(
        ["add", "change", "delete", "delete_selected", "CommentLogInline"], NOBODY
    ),
    "forum.discussion": dict.fromkeys(
        ["add", "change", "delete", "delete_selected", "DiscussionLogInline"], NOBODY
    ),
    "forum.flagreason": dict.fromkeys(["add", "change", "delete", "list"], PERMITTED)
    | {"delete_selected": NOBODY},
    "forum.flag": dict.fromkeys(["add", "change", "delete", "delete_selected"], NOBODY),
    "forum.moderationaction": dict.fromkeys(["add", "change", "delete", "delete_selected"], NOBODY),
    "forum.sanction": {
        **dict.fromkeys(["add", "lift"], PERMITTED),
        **dict.fromkeys(["change", "delete", "delete_selected"], NOBODY),
    },
    "forum.moderator": dict.fromkeys(
        ["add", "change", "delete", "delete_selected"], ADMINISTRATORS
    ),
    "forum.rule": dict.fromkeys(["add", "change", "delete", "delete_selected", "list"], PERMITTED),
    "forum.policy": dict.fromkeys(["add", "change", "delete", "delete_selected"], PERMITTED),
    "mail.undeliveredemail": {
        **dict.fromkeys(["change", "delete", "delete_selected", "send_again"], ADMINISTRATORS),
        "add": NOBODY,
    },
    "config.policyviolation": {
        **dict.fromkeys(["delete", "delete_selected"], ADMINISTRATORS),
        **dict.fromkeys(["add", "change"], NOBODY),
    },
    "django_tasks_database.dbtaskresult": dict.fromkeys(
        ["add", "change", "delete", "delete_selected"], NOBODY
    ),
}
# Addresses of the admin beside the usual ones, and what they ask.
ADMIN_PAGES = {
    *(
        "index",
        "login",
        "logout",
        "password_change",
        "password_change_done",
        "autocomplete",
        "jsi18n",
        "app_list",
    ),
    *(
        "articles_article_remove_sample",
        "view_on_site",
        "auth_user_password_change",
        "forum_rule_try",
    ),
}
STANDARD = {"add", "change", "delete"}
# The permission that each way takes.
VERB = {"delete_selected": "delete", "lift": "add"}


def ways_of(model_admin: Any) -> set[str]:
    actions = {name if isinstance(name, str) else name.__name__ for name in model_admin.actions}
    inlines = {inline.__name__ for inline in model_admin.inlines}
    return (
        STANDARD
        | actions
        | inlines
        | {"delete_selected"}
        | ({"list"} if model_admin.list_editable else set())
    )


def test_every_way_through_the_admin_has_a_row() -> None:
    registry = {
        model._meta.label_lower: ways_of(each) for model, each in admin.site._registry.items()
    }
    assert registry == {label: {*ways} for label, ways in ADMIN.items()}


def test_every_address_of_the_admin_is_known() -> None:
    usual = {
        f"{label.replace('.', '_')}_{way}"
        for label in ADMIN
        for way in [*STANDARD, "changelist", "history"]
    }
    patterns = get_resolver("config.urls").url_patterns
    site = next(each for each in patterns if getattr(each, "app_name", None) == "admin")
    found = {name for name in names(site.url_patterns) if name != "None"}
    assert found - usual == ADMIN_PAGES


@pytest.fixture
def rows(roles: Roles, article: Article, say: Callable[..., Comment]) -> dict[str, models.Model]:
    """One row of each model, about nobody with rights."""
    reader = roles["reader"].person
    comment = say("Words.", by=reader)
    reason = FlagReason.objects.create(name="Spam", reason="spam")
    made: list[models.Model] = [
        reader,
        Group.objects.create(name="Editors"),
        Topic.objects.create(name="Empty", slug="empty"),
        Article.objects.create(title="Draft", slug="draft"),
        comment,
        Discussion.objects.get(),
        reason,
        Flag.objects.create(
            comment=comment, person=None, reason=FlagReason.objects.create(name="Other"), weight=1
        ),
        ModerationAction.record("hold", by=None, comment=comment),
        Sanction.objects.create(
            person=reader, kind="silence", until=timezone.now() + DAY, reason="unkind"
        ),
        Moderator.objects.create(person=roles["administrator"].person),
        Rule.objects.create(name="Links", check_kind="links", number=1, explanation="No links."),
        Policy.objects.create(mode="after"),
        UndeliveredEmail.objects.create(
            message_id="<1@example.org>", recipient="ines@example.com", content={}
        ),
        PolicyViolation.objects.create(
            day=timezone.now().date(), directive="img-src", origin="inline"
        ),
        DBTaskResult.objects.create(
            task_path="forum.tasks.learn_from_decisions", args_kwargs={}, backend_name="default"
        ),
    ]
    return {row._meta.label_lower: row for row in made}


@pytest.mark.parametrize("label", ADMIN)
def test_the_admin_opens_as_its_rows_say(
    label: str, roles: Roles, rows: dict[str, models.Model], client_of: Callable[[User], Client]
) -> None:
    row = rows[label]
    wrong = []
    for way, rule in ADMIN[label].items():
        permitted = person(f"{way.replace('_', '')} Staff", is_staff=True)
        grant(permitted, permission_for(row, way))
        if row._meta.model is User:  # Django asks for this one as well before somebody is added
            permitted.user_permissions.add(Permission.objects.get(codename="change_user"))
        tries = {
            "administrator": (roles["administrator"], rule != NOBODY),
            PERMITTED: (Role(client_of(permitted), permitted), rule == PERMITTED),
            **{
                name: (roles[name], False)
                for name in ("anonymous", "reader", "moderator of the site")
            },
        }
        for name, (role, expected) in tries.items():
            with Undone():
                if is_open(row, way, role) is not expected:
                    wrong.append(f"{way} by {name}: {'refused' if expected else 'open'}")
    assert wrong == []


def permission_for(row: models.Model, way: str) -> str:
    verb = VERB.get(way, way if way in STANDARD else "change")
    if way.endswith("Inline"):
        inline = next(
            each for each in admin.site.get_model_admin(type(row)).inlines if each.__name__ == way
        )
        return f"{inline.model._meta.app_label}.change_{inline.model._meta.model_name}"
    return f"{row._meta.app_label}.{verb}_{row._meta.model_name}"


def is_open(row: models.Model, way: str, role: Role) -> bool:
    """Try it: by a request where the admin refuses with a
    page, by its own question where it hides a button.
    """
    if role.user is None or not role.user.is_staff:
        return bool(role.client.get(reverse("admin:index")).status_code == 200)
    base = f"admin:{row._meta.app_label}_{row._meta.model_name}"
    if way in STANDARD:
        address = reverse(f"{base}_{way}", args=[] if way == "add" else [row.pk])
        return bool(role.client.post(address, {}).status_code != 403)
    if way == "list":
        forms = {"_save": "1", "form-TOTAL_FORMS": "0", "form-INITIAL_FORMS": "0"}
        return bool(role.client.post(reverse(f"{base}_changelist"), forms).status_code != 403)
    request = RequestFactory().get("/")
    request.user = User.objects.get(pk=role.user.pk)
    model_admin = admin.site.get_model_admin(type(row))
    if way.endswith("Inline"):
        inlines = model_admin.get_inline_instances(request, row)
        return any(
            type(each).__name__ == way and each.has_change_permission(request, row)
            for each in inlines
        )
    return way in model_admin.get_actions(request)


# --- What one permission does not open ---


@pytest.fixture
def staff(roles: Roles, client_of: Callable[[User], Client]) -> Callable[..., Role]:
    def with_permissions(*permissions: str) -> Role:
        user = person("Sven Staff", is_staff=True)
        grant(user, *permissions)
        return Role(client_of(user), user)

    return with_permissions


FORM = {"is_active": "on", "is_staff": "on", "is_superuser": "on"}


@pytest.mark.parametrize(
    "target", ["administrator", "staff for comments", "moderator of the site", "oneself"]
)
@pytest.mark.parametrize("way", ["change", "password", "delete", "delete_selected"])
def test_the_permission_for_people_takes_over_nobody_with_rights(
    target: str, way: str, roles: Roles, staff: Callable[..., Role]
) -> None:
    role = staff("accounts.change_user", "accounts.delete_user", "accounts.view_user")
    user = role.user if target == "oneself" else roles[target].user
    assert user
    before = (
        User.objects.filter(pk=user.pk)
        .values("email", "password", "is_superuser", "is_staff", "is_active")
        .get()
    )
    if way == "delete_selected":
        fields: dict[str, Any] = {"action": way, "_selected_action": [user.pk], "post": "yes"}
        role.client.post(reverse("admin:accounts_user_changelist"), fields)
    elif way == "password":
        new = {
            "password1": "seven grey herons wade",
            "password2": "seven grey herons wade",
            "usable_password": "true",
        }
        role.client.post(reverse("admin:auth_user_password_change", args=[user.pk]), new)
    else:
        groups = {"user_permissions": [Permission.objects.get(codename="change_comment").pk]}
        fields = {
            "username": user.username,
            "email": "taken@example.com",
            "post": "yes",
            **FORM,
            **groups,
        }
        role.client.post(reverse(f"admin:accounts_user_{way}", args=[user.pk]), fields)
    if target == "oneself":  # their own name, address and account are theirs; rights are not
        assert not User.objects.filter(pk=user.pk, is_superuser=True).exists()
        assert not User.objects.filter(
            pk=user.pk, user_permissions__codename="change_comment"
        ).exists()
    else:
        after = User.objects.filter(pk=user.pk).values(*before)
        assert after.first() == before


def test_the_permission_for_people_gives_no_rights_to_a_reader(
    roles: Roles, staff: Callable[..., Role]
) -> None:
    reader = roles["reader"].person
    assert reader
    role = staff("accounts.change_user", "accounts.view_user")
    fields = {"username": "Renamed Reader", "email": reader.email, **FORM}
    role.client.post(reverse("admin:accounts_user_change", args=[reader.pk]), fields)
    reader.refresh_from_db()
    assert (reader.username, reader.is_staff, reader.is_superuser) == (
        "Renamed Reader",
        False,
        False,
    )


@pytest.mark.parametrize(
    ("target", "is_imposed"),
    [("administrator", False), ("staff for comments", False), ("oneself", False), ("reader", True)],
)
def test_the_permission_for_sanctions_reaches_readers_alone(
    target: str, is_imposed: bool, roles: Roles, staff: Callable[..., Role]
) -> None:
    role = staff("forum.add_sanction", "forum.view_sanction")
    user = role.user if target == "oneself" else roles[target].user
    assert user
    fields = {"person": user.pk, "kind": "ban", "reason": "spam", "note": ""}
    role.client.post(reverse("admin:forum_sanction_add"), fields)
    assert Sanction.objects.filter(person=user).exists() is is_imposed


def test_nobody_lifts_their_own_sanction(roles: Roles, staff: Callable[..., Role]) -> None:
    role = staff("forum.add_sanction", "forum.view_sanction")
    for user in (role.person, roles["administrator"].person):
        sanction = Sanction.objects.create(person=user, kind="ban", until=None, reason="spam")
        role.client.post(
            reverse("admin:forum_sanction_changelist"),
            {"action": "lift", "_selected_action": [sanction.pk]},
        )
        assert not Sanction.objects.filter(person=user, lifted_at__isnull=False).exists()


@pytest.mark.parametrize("decision", ["remove", "approve"])
def test_bulk_decisions_leave_out_comments_of_whoever_decides(
    decision: str, roles: Roles, say: Callable[..., Comment]
) -> None:
    administrator = roles["administrator"]
    own, other = say("Mine.", by=administrator.user), say("Theirs.", by=roles["reader"].person)
    cases = [
        Case.objects.create(comment=comment, cause="flags", severity=1) for comment in (own, other)
    ]
    fields = {"decision": decision, "cases": [case.pk for case in cases], "reason": "spam"}
    administrator.client.post(reverse("several"), fields)
    assert [case.comment_id for case in Case.objects.waiting()] == [own.pk]
    assert Comment.objects.get(pk=own.pk).is_published


# --- Commands: who runs the server may do everything, so each says what it changes ---

COMMANDS = {
    "changepassword": "a password",
    "check_integrity": "what has drifted; never the log",
    "createsuperuser": "a new administrator",
    "db_worker": "what waits as a task",
    "drill": "nothing",
    "generate_discussion": "comments that nobody wrote",
    "import_article": "an article with its discussion",
    "learn_spam": "what spam looks like",
    "load_sample": "the sample content",
    "remove_sample": "the sample content",
    "rerender_comments": "the HTML of comments, never their words",
    "render_comments": "nothing",
    "resend_email": "queues emails that were not accepted",
    "send_test_email": "nothing",
    "start": "a first administrator, where there is none",
    "test": "nothing",
}
OURS = {"accounts", "articles", "config", "forum", "transfer", "mail"}


def test_every_command_has_a_row() -> None:
    assert {name for name, app in get_commands().items() if app in OURS} == COMMANDS.keys()
