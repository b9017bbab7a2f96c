"""Remains of a person after the deletion of their account, each with its reason and its end.

The privacy page shows the list. The test of the deletion looks for the person in every place, and
finds them in the columns that are named here and nowhere else (tests/privacy/test_deletion.py).
"""

from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from accounts.former_names import RESERVED_FOR
from privacy.notes import how_long


class Remains(NamedTuple):
    what: Any
    why: Any
    until: Any
    columns: str = ""  # in which it can be found

    @property
    def how_long(self) -> str:
        return how_long(self.until)


REMAINS = [
    Remains(
        _("The numbers of your account and your comments in the moderation log"),
        _(
            "Each entry of the log seals the one before, so that nobody can change or remove one "
            "unseen. A number leads to nobody once the account is gone."
        ),
        _("As long as this site exists."),
        "forum.ModerationAction.person_key forum.ModerationAction.moderator_key",
    ),
    Remains(
        _("Your published comments, if you choose to leave them. They stay without your name."),
        _("Others replied to them."),
        _("As long as the article."),
        "forum.Comment.body forum.Comment.html forum.Comment.visible_text "
        "forum.Comment.search_words forum.Revision.body",
    ),
    Remains(
        _("Articles that you wrote for this site, without your name"),
        _("They belong to this site."),
        _("Until this site deletes the article."),
        "articles.Article.body articles.Article.search_words",
    ),
    Remains(
        _("Notes and answers that you wrote as a moderator about others, without your name"),
        _("They are the reasons of a decision about somebody else."),
        _("Until that person deletes their account."),
        "forum.DecisionText.note forum.Objection.answer forum.Takedown.note",
    ),
    Remains(
        _("Your name where others wrote it in their comments, no longer as a link"),
        _("It is their text."),
        _("Until they edit or delete the comment."),
        "forum.Comment.body forum.Comment.html forum.Comment.visible_text "
        "forum.Comment.search_words",
    ),
    Remains(
        _("Reports that you sent without an account and that we answered"),
        _("Nobody knows any more that they are yours: we deleted the address after the answer."),
        _("As long as the article."),
        "forum.Flag.note forum.Notice.explanation",
    ),
    Remains(
        _("A digest of each name you had. It does not say whose it was, nor what it was."),
        _("Nobody can take your name and pass for you."),
        RESERVED_FOR,
    ),
    Remains(
        _("Emails that others have already received"),
        _("They are in mailboxes of others."),
        _("Until they delete them."),
    ),
    Remains(
        _("Backups"),
        _("They restore the site after an accident, and are used for nothing else."),
        _("Until a backup is replaced by a newer one. Ask us how long that takes."),
    ),
]
