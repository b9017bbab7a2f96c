from django.apps import apps
from django_tasks import task

from forum import emails


@task()
def send_draft_code(draft_id: str) -> None:
    """Mails the code that posts a draft; nothing where the draft was discarded or posted meanwhile."""
    draft = apps.get_model("forum", "Draft").objects.filter(pk=draft_id, comment=None).first()
    if draft:
        emails.draft_code(draft).send()


@task()
def learn_from_decisions() -> None:
    """What spam looks like here, learnt anew from the moderators' latest decisions."""
    apps.get_model("forum", "Lesson").objects.learn()
