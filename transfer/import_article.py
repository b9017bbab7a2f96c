"""Import articles with their discussions; comments that exist already are not posted again."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from accounts.names import skeleton
from articles.importing import ImportedComment, Manuscript, ManuscriptError
from articles.importing.publication import publish
from articles.models import Article
from forum.discussion.article_author import author_changed
from forum.discussion.models.comment import COMMENT_MAX_LENGTH, Comment
from forum.discussion.models.discussion import Discussion, open_now
from forum.people.reasons import Reason
from forum.posting.post import post_comment
from forum.posting.refusals import DiscussionClosed
from forum.posting.visibility import change_status

# A domain that can never exist (RFC 2606), so that nobody can
# prove to have the address of an imported person.
NOBODYS_DOMAIN = "@imported.invalid"


@dataclass
class Contribution:
    """An imported comment, and the comment that was posted for it."""

    imported: ImportedComment
    discussion: Discussion
    author: User | None
    parent: "Contribution | None"
    key: str
    at: datetime
    comment: Comment | None = None

    def post(self) -> None:
        try:
            self.comment = post_comment(
                self.discussion,
                by=self.author,
                body=self.imported.body,
                parent=self.parent.comment if self.parent else None,
                key=self.key,
                at=self.at,
                imported_at=timezone.now(),
            )
        except DiscussionClosed as error:
            raise ManuscriptError(
                self.imported.line, "the discussion of this article is closed."
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
    imports: list[tuple[Manuscript, Article, list[Contribution]]] = []
    for manuscript in manuscripts:
        author = _person(manuscript.author, manuscript.line, accounts=accounts)
        article = publish(manuscript, author=author, replace=replace)
        if author and replace:
            author_changed(article)
        contributions = _new_contributions(manuscript, article, accounts=accounts)
        imports.append((manuscript, article, contributions))
    # Comments are listed by their keys, so the one that was
    # written later gets the greater key, whatever its article.
    everything = [each for *_, contributions in imports for each in contributions]
    for contribution in sorted(everything, key=lambda each: each.at):
        contribution.post()
    for manuscript, article, contributions in imports:
        _load_state(manuscript, article, contributions)
    return [article for _, article, _ in imports]


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
    keys = _keys(manuscript.comments)
    for imported, key in zip(manuscript.comments, keys, strict=True):
        _check(imported)
        parent = contributions[imported.parent] if imported.parent is not None else None
        at = imported.written_at or timezone.now()
        contributions.append(
            Contribution(
                imported,
                discussion,
                author=_person(imported.author, imported.line, accounts=accounts),
                parent=parent,
                key=key,
                at=max(at, parent.at) if parent else at,
                comment=known.get(key),
            )
        )
    return [contribution for contribution in contributions if not contribution.comment]


def _keys(comments: list[ImportedComment]) -> list[str]:
    """Return a key for each comment, the same at every import of the same text.

    It is made of the text, its author and the comment it replies to.
    """
    keys: list[str] = []
    repetitions: Counter[str] = Counter()
    for comment in comments:
        parent_key = keys[comment.parent] if comment.parent is not None else ""
        content = "\n".join([parent_key, comment.author, comment.body])
        unique = content + "\n" * repetitions[content]
        keys.append(hashlib.sha256(unique.encode()).hexdigest())
        repetitions[content] += 1
    return keys


def _check(comment: ImportedComment) -> None:
    if len(comment.body) > COMMENT_MAX_LENGTH:
        raise ManuscriptError(
            comment.line, f"expected a comment of at most {COMMENT_MAX_LENGTH} characters."
        )
    if comment.removed_for and comment.removed_for not in Reason.values:
        raise ManuscriptError(
            comment.line, f"expected one of these reasons: {', '.join(Reason.values)}."
        )


def _person(name: str, line: int, *, accounts: bool) -> User | None:
    """Return the person of an earlier import with this name, or a new one who cannot sign in.

    Anybody may have written the file, so it cannot attribute
    comments to people with an account here, unless `accounts`.
    """
    if not name:
        return None
    person = User.objects.called(name)
    if person and (accounts or person.email.endswith(NOBODYS_DOMAIN)):
        return person
    if person:
        raise ManuscriptError(
            line,
            (
                f"“{name}” is the name of an account here. Add --accounts if the file is by these "
                "people."
            ),
        )
    mailbox = hashlib.sha256(skeleton(name).encode()).hexdigest()[:20]
    try:
        return User.objects.create_user(email=mailbox + NOBODYS_DOMAIN, username=name)
    except ValidationError as error:
        raise ManuscriptError(line, error.messages[0]) from error
    except IntegrityError as error:
        raise ManuscriptError(line, f"“{name}” is reserved after a deleted account.") from error


def _load_state(
    manuscript: Manuscript, article: Article, contributions: list[Contribution]
) -> None:
    """Load removals and the closing, without lines in the log: no moderator of this site decided.

    Comments of an earlier import keep what was decided here since then.
    """
    for contribution in contributions:
        reason = contribution.imported.removed_for
        if contribution.comment and reason:
            _remove(contribution.comment, reason)
    if manuscript.is_closed and contributions:
        discussion = Discussion.objects.of(article)
        Discussion.objects.filter(open_now(), pk=discussion.pk).update(
            closed_at=timezone.now(), closed_until=None
        )
        discussion.touch()


@transaction.atomic
def _remove(comment: Comment, reason: str) -> None:
    change_status(comment, Comment.Status.PUBLISHED, Comment.Status.REMOVED, removal_reason=reason)
