"""The email about new comments on one article: usually one, several after a burst."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from accounts.links import Purpose, sign_for
from articles.models.article import long_columns
from forum.discussion.models.comment import Comment
from forum.discussion.rendering.references import fill_in
from forum.notifications.audience import mentioned_in
from forum.notifications.envelope import addressee, link_to_leave, list_email, wanted, whole
from forum.notifications.models.kind import Kind
from forum.notifications.models.settings import SETTING_OF
from mail.build import mail_id
from text.markdown import with_whole_addresses

if TYPE_CHECKING:
    from accounts.models import User

# All that the email shows, without the text of the article.
SHOWN = ("comment__author", "comment__parent__author", "comment__root")
ARTICLE = "comment__discussion__article"
TOPIC = f"{ARTICLE}__topic"


@dataclass
class Item:
    """A comment in the email, and why it is there."""

    kind: str
    comment: Comment
    person: "User"

    @property
    def parent(self) -> Comment | None:
        """The comment of the person that this one replies to, if readers see it."""
        parent = self.comment.parent if self.kind == Kind.REPLY else None
        return parent if parent and parent.is_published else None

    @property
    def topic(self) -> str:
        topic = self.comment.discussion.article.topic
        return topic.name if topic else ""

    @property
    def html(self) -> str:
        return with_whole_addresses(self.comment.shown_html, settings.SITE_URL)

    @property
    def link(self) -> str:
        return whole(self.comment.get_absolute_url())

    @property
    def reply_link(self) -> str:
        token = sign_for(self.person, Purpose.REPLY, self.comment.pk)
        return f"{whole(reverse('reply', args=[self.comment.pk]))}?link={token}"

    @property
    def mute_link(self) -> str:
        token = sign_for(self.person, Purpose.MUTE, self.thread)
        return whole(reverse("mute_by_link", args=[token]))

    @property
    def thread(self) -> int:
        return self.comment.root_id or self.comment.pk


def compose(person_key: int, keys: list[int]) -> EmailMessage | None:
    """Build the email about these notifications, as far as their person may see them now."""
    person = addressee(person_key)
    items = _items(person, keys) if person else []
    if not (person and items):
        return None
    kinds = {SETTING_OF[Kind(item.kind)]: None for item in items if Kind(item.kind) in SETTING_OF}
    article = items[0].comment.discussion.article
    return list_email(
        "forum/notifications/comments",
        person,
        {"items": items, "first": items[0], "article": article, **_counts(items)},
        list_name=f"article-{article.pk}",
        leave=link_to_leave(person, list(kinds)),
        references=_references(items),
    )


def _items(person: "User", keys: list[int]) -> list[Item]:
    rows = wanted(person, keys).select_related(*SHOWN, TOPIC).defer(*long_columns(ARTICLE))
    items = [Item(row.kind, row.comment, person) for row in rows if row.comment]
    fill_in(item.comment for item in items)
    return [item for item in items if item.kind != Kind.MENTION or _still_names(item)]


def _still_names(item: Item) -> bool:
    """Return False if an edit took the name out, and the task that notices it is still queued."""
    return item.person.pk in mentioned_in(item.comment)


def _counts(items: list[Item]) -> dict[str, Any]:
    replies = [item for item in items if item.kind == Kind.REPLY]
    return {"number": len(items), "only_replies": len(replies) == len(items)}


def _references(items: list[Item]) -> list[str]:
    """Return what mail programs thread by: the discussion, and the thread if there is one."""
    threads = {item.thread for item in items}
    article = items[0].comment.discussion.article_id
    thread = [mail_id("thread", *threads)] if len(threads) == 1 else []
    return [mail_id("article", article), *thread]
