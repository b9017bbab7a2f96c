from django.apps import apps
from django_tasks import task

from forum.notifications import letters


@task()
def open_discussion(discussion: int) -> None:
    """Purge the cached pages of a discussion whose pause has ended, unless it was changed since."""
    from forum.moderation import locking

    found = apps.get_model("forum", "Discussion").objects.filter(pk=discussion).first()
    if found:
        locking.open_when_due(found)


@task()
def send_draft_code(proof_id: str) -> None:
    """Email the code that posts a draft; nothing where the draft was
    changed or posted meanwhile.
    """
    proof = apps.get_model("accounts", "Proof").objects.open().filter(pk=proof_id).first()
    draft = (
        apps.get_model("forum", "Draft").objects.filter(pk=proof.subject).first() if proof else None
    )
    if proof and draft:
        letters.draft_code(draft, proof).send()


@task()
def tell_flaggers(action_id: int, after: int = 0) -> None:
    """Mails what came of their flags to those whose flags
    this decision settled, a hundred at a time.
    """
    from forum.notifications import flag_answers

    action = apps.get_model("forum", "ModerationAction").objects.get(pk=action_id)
    flag_answers.answer_flags(action, after=after)


@task()
def answer_flag(flag_id: int) -> None:
    """Email what came of one flag, which had to wait because its address had got enough emails."""
    from forum.notifications import flag_answers

    flag = apps.get_model("forum", "Flag").objects.exclude(outcome="").filter(pk=flag_id).first()
    if flag:
        flag_answers.answer_flag(flag)


@task()
def send_statement(action_id: int) -> None:
    """Mails the reasons of a decision to whom it concerns;
    nothing where it was taken back meanwhile.
    """
    actions = apps.get_model("forum", "ModerationAction").objects.stated()
    action = actions.filter(pk=action_id).first()
    if action and action.is_told_by_mail:
        letters.statement(action).send()


@task()
def send_answer_to_objection(objection_id: int) -> None:
    """Mails what became of an objection, and why."""
    objections = apps.get_model("forum", "Objection").objects.select_related("person", "action")
    objection = objections.filter(pk=objection_id, person__is_active=True).first()
    if objection:
        letters.answer_to_objection(objection).send()


@task()
def send_objection_to_deciders(objection_id: int) -> None:
    """Mails an objection to those who may decide about it; nothing where it is decided by now."""
    objections = apps.get_model("forum", "Objection").objects.filter(
        pk=objection_id, decided_at=None
    )
    for objection in objections.select_related("person", "action__comment__discussion__article"):
        for moderator in objection.deciders():
            letters.objection_made(objection, moderator).send()


@task()
def send_report_to_deciders(flag_id: int) -> None:
    """Mails a report of illegal content to those who may decide
    about it; nothing where it is decided by now.
    """
    flags = apps.get_model("forum", "Flag").objects.filter(pk=flag_id, decided_at=None)
    for flag in flags.select_related("reason", "comment__discussion__article"):
        for moderator in flag.deciders():
            letters.illegal_content_reported(flag, moderator).send()


@task()
def send_receipt(flag_id: int) -> None:
    """Mails the receipt of a report of illegal content to the address that its sender left."""
    flag = (
        apps.get_model("forum", "Flag")
        .objects.select_related("comment__discussion__article")
        .get(pk=flag_id)
    )
    if flag.address:
        letters.receipt(flag).send()


@task()
def continue_takedown(takedown_id: int) -> None:
    """Remove the next comments of a takedown."""
    apps.get_model("forum", "Takedown").objects.get(pk=takedown_id).go_on()


@task()
def undo_takedown(takedown_id: int) -> None:
    """Give back the next comments of a takedown that was undone."""
    apps.get_model("forum", "Takedown").objects.get(pk=takedown_id).go_back()


@task()
def learn_from_decisions() -> None:
    """What spam looks like here, learnt anew from the moderators' latest decisions."""
    apps.get_model("forum", "Lesson").objects.learn()
