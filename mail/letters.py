"""Build an email in two forms from three templates: `…_subject.txt`, `…_message.txt` and
`…_message.html`.
"""

from email.utils import formataddr, parseaddr
from typing import Any

import css_inline
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context, engines
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import override

_inliner = css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=True)


def letter(
    prefix: str, email: str, context: dict[str, Any], *, language: str = "", time_zone: str = ""
) -> EmailMultiAlternatives:
    """Build an email in the language and time zone of its reader; without them, of the site."""
    context = {
        **import_string(settings.LETTER_CONTEXT)(),
        "site_url": settings.SITE_URL,
        "email": email,
        **context,
    }
    with override(language or settings.LANGUAGE_CODE), timezone.override(time_zone or None):
        subject = " ".join(as_text(f"{prefix}_subject.txt", context).split())
        message = EmailMultiAlternatives(
            subject,
            as_text(f"{prefix}_message.txt", context),
            from_email=sender_of(context["site_name"]),
            to=[email],
        )
        message.attach_alternative(
            inlined(render_to_string(f"{prefix}_message.html", context)), "text/html"
        )
    return message


def sender_of(site_name: str) -> str:
    """Return the sender of emails, by the present name of the site unless another one is set."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    if name != settings.SITE_NAME or site_name == name:
        return str(settings.DEFAULT_FROM_EMAIL)
    return formataddr((site_name, address))


def as_text(template: str, context: dict[str, Any]) -> str:
    """Render a template that is no HTML: an ampersand stays one."""
    engine = engines["django"].engine  # type: ignore[attr-defined]
    return str(engine.get_template(template).render(Context(context, autoescape=False)))


def inlined(page: str) -> str:
    """The page with its rules on the elements, where readers of mail look for them."""
    return _inliner.inline(page)
