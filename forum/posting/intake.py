"""How the words of a reader are received: by the policy of the place,
and by the rules of the site.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from articles.models import Article
from database.prepared import PreparedQuery, param
from forum.cases.models import Case
from forum.discussion.models.comment import Comment
from forum.discussion.models.discussion import policy_of
from forum.discussion.models.policy import Policy
from forum.log.models.action import ModerationAction
from forum.people.models.moderator import Moderator
from forum.people.models.network_trace import NetworkTrace
from forum.posting.refusals import AgainstARule, DiscussionClosed
from forum.posting.visibility import hold
from forum.screening.facts_of_comment import facts_of
from forum.screening.models.rule import Rule
from forum.screening.spam import Judgement, judge
from forum.screening.trust import latest_comments_of
from forum.screening.verdict import screen
from text.markdown import render_comment
from text.visible import visible_text

if TYPE_CHECKING:
    from accounts.models import User

# Of somebody who tries again and again, one refusal in this time is kept in the log.
REFUSALS_APART = timedelta(hours=1)
# How urgent a look is: what does harm while it waits to be undone
# elsewhere comes before what is probably fine.
SEVERITY_BEFORE = 10
SEVERITY_OF_A_BAN = 60
SEVERITY_OF_CHECK = {
    Rule.Check.DOMAINS: 60,
    Rule.Check.WORDS: 50,
    Rule.Check.REPETITION: 40,
    Rule.Check.LINKS: 40,
    Rule.Check.SPEED: 30,
    Rule.Check.CAPITALS: 20,
    Rule.Check.NEW_ACCOUNT: 20,
    Rule.Check.FIRST_COMMENT: 20,
}


@dataclass(frozen=True)
class Hold:
    """Why a comment waits for a moderator: a rule, or that all do where it was written."""

    rule: Rule | None
    spam: Judgement | None = None  # where one was asked for
    is_from_a_ban: bool = False

    @property
    def cause(self) -> str:
        if self.is_from_a_ban:
            return Case.Cause.PLACE
        if self.rule is None:
            return Case.Cause.BEFORE
        return Case.Cause.SPAM if self._asks_about_spam else Case.Cause.RULE

    @property
    def _asks_about_spam(self) -> bool:
        return self.rule is not None and any(
            each.check_kind == Rule.Check.SPAM for each in self.rule.conditions
        )

    @property
    def severity(self) -> int:
        if self.rule is None:
            return SEVERITY_OF_A_BAN if self.is_from_a_ban else SEVERITY_BEFORE
        by_check = max(
            SEVERITY_OF_CHECK.get(Rule.Check(each.check_kind), 0) for each in self.rule.conditions
        )
        return max(by_check, round(100 * self.spam.score) if self.spam else 0)

    @property
    def words(self) -> str:
        if self.is_from_a_ban:
            return gettext("Comments from some new accounts are reviewed before they appear.")
        return (
            self.rule.explanation
            if self.rule
            else gettext("Every comment here is reviewed before it appears.")
        )

    def begin(self, comment: Comment) -> None:
        """Inside the transaction in which the comment was written or edited."""
        why: dict[str, Any] = {"rule": self.rule, "rule_words": self.words}
        if comment.is_published:
            hold(comment, by=None, **why)
        else:
            ModerationAction.record(ModerationAction.Kind.HOLD, by=None, comment=comment, **why)
        spam = (
            {"spam_score": self.spam.score, "spam_words": list(self.spam.words)}
            if self.spam
            else {}
        )
        Case.objects.open(comment, cause=self.cause, severity=self.severity, rule=self.rule, **spam)


def screen_new(comment: Comment, *, by: "User", network: str = "") -> Hold | None:
    """Why a new comment, not yet saved, has to wait; None where it shows
    at once. Raises a Refusal.
    """
    if network and NetworkTrace.objects.matches_ban(by, network):
        return Hold(None, is_from_a_ban=True)
    mode, has_rules = _policy_and_rules(comment)
    if mode == Policy.Mode.CLOSED:
        raise DiscussionClosed
    return (
        _screened(comment, by, mode, has_rules) if mode == Policy.Mode.BEFORE or has_rules else None
    )


def screen_edit(comment: Comment, body: str) -> Hold | None:
    """Why a comment has to wait with its new words. Raises a Refusal."""
    mode, has_rules = _policy_and_rules(comment)
    if comment.author is None or not (mode == Policy.Mode.BEFORE or has_rules):
        return None
    edited = Comment(pk=comment.pk, discussion=comment.discussion, author=comment.author, body=body)
    edited.html, edited.created_at = render_comment(body), comment.created_at
    edited.visible_text = visible_text(edited.html)
    return _screened(edited, comment.author, mode, has_rules)


def _screened(comment: Comment, by: "User", mode: str, has_rules: bool) -> Hold | None:
    if by.is_staff or comment.discussion.article.author_id == by.pk:
        return None
    screening = Screening(comment, by)
    rule = screen(screening.facts, Rule.objects.on()) if has_rules else None
    if rule is None and mode != Policy.Mode.BEFORE:
        return None
    # Few comments come so far: nobody else is asked for.
    if Moderator.objects.may(by, comment.discussion.article.topic_id):
        return None
    if rule and rule.verdict == Rule.Verdict.REFUSE:
        _record_refusal(comment, by, rule)
        raise AgainstARule(rule)
    return Hold(rule, screening.judgement)


class Screening:
    """What is known of a comment and its author, read at once but for the answer about spam."""

    judgement: Judgement | None = None

    def __init__(self, comment: Comment, by: "User") -> None:
        self.comment = comment
        latest = [each for each in latest_comments_of(by) if each.key != comment.pk]
        self.facts = facts_of(comment, by, latest, spam=self._score)

    def _score(self) -> float:
        self.judgement = judge(
            self.comment.judged,
            source=self.comment.body,
            key=self.comment.idempotency_key,
            without=self.comment.pk,
        )
        return self.judgement.score


def _record_refusal(comment: Comment, by: "User", rule: Rule) -> None:
    """Told to the writer at once; kept for the report of what was decided."""
    now = timezone.now()
    refusals = ModerationAction.objects.filter(
        person=by, kind=ModerationAction.Kind.REFUSE, rule=rule
    )
    if refusals.filter(created_at__range=(now - REFUSALS_APART, now)).exists():
        return
    why = {"rule": rule, "rule_words": rule.explanation, "words": comment.body}
    ModerationAction.record(ModerationAction.Kind.REFUSE, by=None, person=by, **why)


def _policy_and_rules(comment: Comment) -> tuple[str, bool]:
    """Read in one query: most sites have few rules, and most comments nothing to wait for."""
    mode, has_rules = POLICY_AND_RULES.values(comment.discussion.article_id)[0]
    return mode, bool(has_rules)


def _policy_and_whether_there_are_rules() -> "QuerySet[Article, Any]":
    policy = policy_of(OuterRef("pk"), OuterRef("topic"))
    read = (
        Article.objects.filter(pk=param(1))
        .order_by()
        .annotate(policy=policy, has_rules=Exists(Rule.objects.on()))
    )
    return read.values_list("policy", "has_rules")


POLICY_AND_RULES = PreparedQuery(_policy_and_whether_there_are_rules)
