from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.conf import settings
from django.core.mail import EmailMessage

from accounts.codes import SealedCode
from accounts.letters import letter

if TYPE_CHECKING:
    from forum.models import Draft


def draft_code(draft: "Draft") -> EmailMessage:
    """The code that signs in and posts. The words themselves stay here: the address may not be the writer's."""
    link = f"{settings.SITE_URL}{draft.get_absolute_url()}?{urlencode({'link': draft.link_token()})}"
    context = {"article": draft.article, "code": SealedCode(draft.code).plain, "link": link}
    return letter("forum/email/draft_code", draft.email, context)
