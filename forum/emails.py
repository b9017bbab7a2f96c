from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from forum.models import Draft


def draft_code(draft: "Draft", *, code: str, link_token: str) -> EmailMultiAlternatives:
    """The code that signs in and posts. The words themselves stay here: the address may not be the writer's."""
    context = {
        "draft": draft,
        "code": code,
        "link": f"{settings.SITE_URL}{draft.get_absolute_url()}?{urlencode({'link': link_token})}",
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
    }
    subject = _("%(code)s is your code for %(site)s") % {"code": code, "site": settings.SITE_NAME}
    message = EmailMultiAlternatives(subject, render_to_string("forum/email/draft_code.txt", context), to=[draft.email])
    message.attach_alternative(render_to_string("forum/email/draft_code.html", context), "text/html")
    return message
