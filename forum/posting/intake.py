"""Screen a comment by the policy of its discussion and by the rules of the site."""

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop

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

# The log has one refusal of the same person by the same rule in this time.
REFUSALS_APART = timedelta(hours=1)
# The urgency of a case, from 0 to 100: links to bad sites before comments that are probably fine.
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
    """The reason to hold a comment: a rule, or a policy that holds all comments."""

    rule: Rule | None
    spam: Judgement | None = None  # if a condition of the rule needed it
    is_from_a_ban: bool = False

    @property
    def cause(self) -> str:
        if self.is_from_a_ban:
            return Case.Cause.NETWORK
        if self.rule is None:
            return Case.Cause.BEFORE
        return Case.Cause.SPAM if Rule.Check.SPAM in self._checks else Case.Cause.RULE

    @property
    def _checks(self) -> list[str]:
        return [condition.check_kind for condition in self.rule.conditions] if self.rule else []

    @property
    def severity(self) -> int:
        if self.rule is None:
            return SEVERITY_OF_A_BAN if self.is_from_a_ban else SEVERITY_BEFORE
        by_check = max(SEVERITY_OF_CHECK.get(Rule.Check(check), 0) for check in self._checks)
        by_spam = round(100 * self.spam.score) if self.spam else 0
        return max(by_check, by_spam)

    @property
    def explanation(self) -> str:
        if self.is_from_a_ban:
            return gettext_noop("Comments from some new accounts are reviewed before they appear.")
        if self.rule:
            return self.rule.explanation
        return gettext_noop("Every comment here is reviewed before it appears.")

    def begin(self, comment: Comment) -> None:
        """Hold the comment and open its case, in the transaction that writes it."""
        why: dict[str, Any] = {"rule": self.rule, "rule_words": self.explanation}
        if comment.is_published:
            hold(comment, by=None, **why)
        else:
            ModerationAction.record(ModerationAction.Kind.HOLD, by=None, comment=comment, **why)
        case: dict[str, Any] = {"cause": self.cause, "severity": self.severity, "rule": self.rule}
        if self.spam:
            case |= {"spam_score": self.spam.score, "spam_words": list(self.spam.words)}
        Case.objects.open(comment, **case)


def screen_new(comment: Comment, *, by: "User", network: str = "") -> Hold | None:
    """Return a reason to hold a new comment, or None to publish it. Raises a Refusal."""
    if network and NetworkTrace.objects.matches_ban(by, network):
        return Hold(None, is_from_a_ban=True)
    mode, has_rules = _policy_and_rules(comment)
    if mode == Policy.Mode.CLOSED:
        raise DiscussionClosed
    if mode == Policy.Mode.BEFORE or has_rules:
        return _screened(comment, by, mode, has_rules)
    return None


def screen_edit(comment: Comment, body: str) -> Hold | None:
    """Return a reason to hold a comment with its new text, or None. Raises a Refusal."""
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
    # Checked last: it costs a query, and only comments that would be held or refused get here.
    if Moderator.objects.may(by, comment.discussion.article.topic_id):
        return None
    if rule and rule.verdict == Rule.Verdict.REFUSE:
        _record_refusal(comment, by, rule)
        raise AgainstARule(rule)
    return Hold(rule, screening.judgement)


class Screening:
    """The facts that rules check of a comment and its author. The spam score is computed only if a
    rule needs it.
    """

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
    """Record the refusal for the report of decisions. Its writer is told at once."""
    now = timezone.now()
    refusals = ModerationAction.objects.filter(
        person=by, kind=ModerationAction.Kind.REFUSE, rule=rule
    )
    if refusals.filter(created_at__range=(now - REFUSALS_APART, now)).exists():
        return
    why = {"rule": rule, "rule_words": rule.explanation, "words": comment.body}
    ModerationAction.record(ModerationAction.Kind.REFUSE, by=None, person=by, **why)


def _policy_and_rules(comment: Comment) -> tuple[str, bool]:
    """Return the policy, and whether there are rules, by one query: most comments need no more."""
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
