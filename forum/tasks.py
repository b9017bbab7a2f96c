from django.apps import apps
from django_tasks import TaskContext, task

from forum.notifications import letters
from mail.build import BULK_PRIORITY

RECOUNT_PRIORITY = 50  # before emails: a count is right within a second


@task()
def open_discussion(discussion: int) -> None:
    """Purge the cached pages of a discussion whose pause has ended, unless it was changed since."""
    from forum.moderation import locking

    row = apps.get_model("forum", "Discussion").objects.filter(pk=discussion).first()
    if row:
        locking.open_when_due(row)


@task()
def close_discussion(discussion: int) -> None:
    """Purge the cached pages of a discussion that has closed by itself."""
    row = apps.get_model("forum", "Discussion").objects.filter(pk=discussion).first()
    if row:
        row.touch()


@task()
def comment_appeared(comment_id: int) -> None:
    """Tell people of a comment that readers see for the first time."""
    from forum.notifications import fan_out

    fan_out.comment_appeared(comment_id)


@task()
def tell_followers(comment_id: int, kind: str, after: int) -> None:
    """Tell the next followers of a comment, behind one of them."""
    from forum.notifications import fan_out

    comments = apps.get_model("forum", "Comment").objects
    comment = comments.select_related("discussion__article").filter(pk=comment_id).first()
    if comment:
        fan_out.tell_followers(comment, kind=kind, after=after)


@task()
def comment_edited(comment_id: int) -> None:
    """Tell the people whom an edit of a comment named."""
    from forum.notifications import fan_out

    fan_out.comment_edited(comment_id)


@task(priority=BULK_PRIORITY)
def queue_due_emails() -> None:
    """Queue the emails about notifications that are due."""
    from forum.notifications import due

    due.queue_due_emails()


@task(priority=BULK_PRIORITY)
def queue_emails_to_followers() -> None:
    """Queue the daily emails to addresses without an account."""
    from forum.notifications import followers

    followers.queue_due_emails()


@task(priority=BULK_PRIORITY)
def queue_summaries() -> None:
    """Queue the emails to moderators and editors about what waits for them."""
    from forum.notifications import summary

    summary.queue_due_emails()


@task(priority=RECOUNT_PRIORITY)
def recount_comment(comment_id: int) -> None:
    """Count the notifications of a comment that readers see again, or no longer."""
    apps.get_model("forum", "Notification").objects.filter(comment=comment_id).recount()


@task(priority=RECOUNT_PRIORITY)
def recount_articles(article_ids: list[int]) -> None:
    """Count the notifications of articles that were published or withdrawn."""
    apps.get_model("forum", "Notification").objects.of_articles(article_ids).recount()


@task()
def send_draft_code(proof_id: str, language: str = "") -> None:
    """Email the code that posts a draft, unless the draft was changed or posted meanwhile.

    `language` is that of the page on which the draft was written.
    """
    proofs = apps.get_model("accounts", "Proof").objects.open().select_related("person")
    proof = proofs.filter(pk=proof_id).first()
    draft = (
        apps.get_model("forum", "Draft").objects.filter(pk=proof.subject).first() if proof else None
    )
    if proof and draft:
        letters.draft_code(draft, proof, language).send()


@task()
def tell_flaggers(action_id: int, after: int = 0) -> None:
    """Tell a hundred people whose flags this decision settled of the outcome, and queue the
    rest.
    """
    from forum.notifications import flag_answers

    action = apps.get_model("forum", "ModerationAction").objects.get(pk=action_id)
    flag_answers.answer_flags(action, after=after)


@task()
def answer_flag(flag_id: int) -> None:
    """Email the outcome of one flag, which was delayed because its address had got enough
    emails.
    """
    from forum.notifications import flag_answers

    flag = apps.get_model("forum", "Flag").objects.exclude(outcome="").filter(pk=flag_id).first()
    if flag:
        flag_answers.answer_flag(flag)


@task()
def send_statement(action_id: int) -> None:
    """Tell the person concerned of a decision and its reasons, unless it was undone meanwhile."""
    from forum.notifications import outcomes

    actions = apps.get_model("forum", "ModerationAction").objects.stated()
    if action := actions.filter(pk=action_id).first():
        outcomes.tell_of_decision(action)


@task()
def send_answer_to_objection(objection_id: int) -> None:
    """Tell the person who objected of the outcome, also by email."""
    from forum.notifications import outcomes

    objections = apps.get_model("forum", "Objection").objects.select_related("person", "action")
    objection = objections.filter(pk=objection_id, person__is_active=True).first()
    if objection:
        outcomes.tell_of_objection(objection)


@task(takes_context=True)
def send_objection_to_deciders(context: TaskContext, objection_id: int) -> None:
    """Email an objection to those who may decide about it, unless it is decided by now."""
    from forum.notifications import for_deciders

    for_deciders.queue_emails_about_objection(objection_id, task=context)


@task(takes_context=True)
def send_report_to_deciders(context: TaskContext, flag_id: int) -> None:
    """Email a report of illegal content to those who may decide about it, unless it is decided by
    now.
    """
    from forum.notifications import for_deciders

    for_deciders.queue_emails_about_report(flag_id, task=context)


@task()
def send_receipt(flag_id: int, language: str = "") -> None:
    """Email the receipt of a report of illegal content to its sender, who may have no account but
    was on a page in this language.
    """
    from forum.notifications import outcomes

    flag = (
        apps.get_model("forum", "Flag")
        .objects.select_related("comment__discussion__article")
        .get(pk=flag_id)
    )
    outcomes.confirm_report(flag, language)


@task()
def continue_takedown(takedown_id: int) -> None:
    """Remove the next comments of a takedown."""
    apps.get_model("forum", "Takedown").objects.get(pk=takedown_id).go_on()


@task()
def undo_takedown(takedown_id: int) -> None:
    """Restore the next comments of a takedown that was undone."""
    apps.get_model("forum", "Takedown").objects.get(pk=takedown_id).go_back()


@task()
def learn_from_decisions() -> None:
    """Learn again from the moderators' latest decisions what spam looks like here."""
    apps.get_model("forum", "Lesson").objects.learn()
