"""A manuscript becomes an article with its discussion; comments are posted that are not there yet."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.names import skeleton
from articles.importing import Manuscript, ManuscriptError, Remark
from articles.importing.publication import publish
from articles.models import Article
from forum.discussion.models.comment import COMMENT_MAX_LENGTH, Comment
from forum.discussion.models.discussion import Discussion, open_now
from forum.people.reasons import Reason
from forum.posting.post import post_comment
from forum.posting.refusals import DiscussionClosed
from forum.posting.visibility import change_status

# A domain that can never exist (RFC 2606): nobody can prove the
# address of a person whom a file has brought.
NOBODYS_DOMAIN = "@imported.invalid"


@dataclass
class Contribution:
    """A remark on its way to becoming a comment."""

    remark: Remark
    discussion: Discussion
    author: User | None
    answered: "Contribution | None"
    key: str
    at: datetime
    comment: Comment | None = None

    def post(self) -> None:
        parent = self.answered.comment if self.answered else None
        try:
            self.comment = post_comment(
                self.discussion,
                by=self.author,
                body=self.remark.body,
                parent=parent,
                key=self.key,
                at=self.at,
                imported_at=timezone.now(),
            )
        except DiscussionClosed as error:
            raise ManuscriptError(
                self.remark.line, "the discussion of this article is closed."
            ) from error


@transaction.atomic
def import_manuscripts(
    manuscripts: Iterable[Manuscript], *, replace: bool = False, accounts: bool = False
) -> list[Article]:
    """Import all of them or none. Raises ManuscriptError.

    With `replace`, an article that is there is changed to what the file says. With
    `accounts`, names in the file stand for the accounts that have them: only for
    files whose authors are known to be these people.
    """
    articles, new = [], []
    for manuscript in manuscripts:
        author = _person(manuscript.author, manuscript.line, accounts=accounts)
        article = publish(manuscript, author=author, replace=replace)
        articles.append(article)
        new.append((manuscript, _new_contributions(manuscript, article, accounts=accounts)))
    # Readers find comments by their keys: the one written
    # later has the greater one, on every article.
    for contribution in sorted(
        (each for _, several in new for each in several), key=lambda each: each.at
    ):
        contribution.post()
    for article, (manuscript, contributions) in zip(articles, new, strict=True):
        _load_state(manuscript, article, contributions)
    return articles


def _new_contributions(
    manuscript: Manuscript, article: Article, *, accounts: bool
) -> list[Contribution]:
    discussion = Discussion.objects.of(article)
    known = (
        {comment.idempotency_key: comment for comment in discussion.comments.all()}
        if discussion.pk
        else {}
    )
    contributions: list[Contribution] = []
    for remark, key in zip(manuscript.remarks, _keys(manuscript.remarks), strict=True):
        _check(remark)
        answered = contributions[remark.answers] if remark.answers is not None else None
        at = remark.written_at or timezone.now()
        contributions.append(
            Contribution(
                remark,
                discussion,
                author=_person(remark.author, remark.line, accounts=accounts),
                answered=answered,
                key=key,
                at=max(at, answered.at) if answered else at,
                comment=known.get(key),
            )
        )
    return [contribution for contribution in contributions if not contribution.comment]


def _keys(remarks: list[Remark]) -> Iterator[str]:
    """Made of what is said, by whom and to whom: the same at every import of the same words."""
    keys: list[str] = []
    times_said: Counter[str] = Counter()
    for remark in remarks:
        answered = keys[remark.answers] if remark.answers is not None else ""
        said = "\n".join([answered, remark.author, remark.body])
        again = "\n" * times_said[said]
        key = hashlib.sha256(f"{said}{again}".encode()).hexdigest()
        times_said[said] += 1
        keys.append(key)
        yield key


def _check(remark: Remark) -> None:
    if len(remark.body) > COMMENT_MAX_LENGTH:
        raise ManuscriptError(
            remark.line, f"expected a comment of at most {COMMENT_MAX_LENGTH} characters."
        )
    if remark.removed_for and remark.removed_for not in Reason.values:
        raise ManuscriptError(
            remark.line, f"expected one of these reasons: {', '.join(Reason.values)}."
        )


def _person(name: str, line: int, *, accounts: bool) -> User | None:
    """Return the person of an earlier import with this name, or a new one who cannot sign in.

    A file may come from anybody: it puts nothing into the mouth of
    somebody who has an account, unless `accounts`.
    """
    if not name:
        return None
    person = User.objects.filter(username_skeleton=skeleton(name)).first()
    if person and (accounts or person.email.endswith(NOBODYS_DOMAIN)):
        return person
    if person:
        raise ManuscriptError(
            line,
            f"“{name}” is the name of an account here. Add --accounts if the file is by these people.",
        )
    mailbox = hashlib.sha256(skeleton(name).encode()).hexdigest()[:20]
    try:
        return User.objects.create_user(email=mailbox + NOBODYS_DOMAIN, username=name)
    except ValidationError as error:
        raise ManuscriptError(line, error.messages[0]) from error


def _load_state(
    manuscript: Manuscript, article: Article, contributions: list[Contribution]
) -> None:
    """Load removals and the closing as they were, without
    lines in the log: nobody decides them here.

    Only with new comments: what was decided here since the last import stays decided.
    """
    for each in contributions:
        if each.comment and each.remark.removed_for:
            _remove(each.comment, each.remark.removed_for)
    if manuscript.is_closed and contributions:
        discussion = Discussion.objects.of(article)
        Discussion.objects.filter(open_now(), pk=discussion.pk).update(
            closed_at=timezone.now(), closed_until=None
        )
        discussion.touch()


@transaction.atomic
def _remove(comment: Comment, reason: str) -> None:
    change_status(comment, Comment.Status.PUBLISHED, Comment.Status.REMOVED, removal_reason=reason)
