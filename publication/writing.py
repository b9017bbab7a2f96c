"""Change the site's settings and publish its pages. Views ask who may."""

from django.db import IntegrityError, transaction

from publication.current import changed
from publication.models import ONLY, PageVersion, Publication
from text.markdown import render_article


def saved_settings() -> Publication:
    """Return the row, or one that is not saved yet."""
    return Publication.objects.filter(pk=ONLY).first() or Publication(pk=ONLY)


@transaction.atomic
def save_settings(row: Publication) -> None:
    row.pk = ONLY
    row.lead_html = render_article(row.lead) if row.lead else ""
    row.save()
    changed()


def publish_page(name: str, text: str) -> PageVersion:
    """Publish a new version; the same text again makes none."""
    try:
        return _publish(name, text)
    except IntegrityError:  # somebody published at the same moment: this is the next version
        return _publish(name, text)


@transaction.atomic
def _publish(name: str, text: str) -> PageVersion:
    newest = PageVersion.objects.filter(name=name).order_by("-number").first()
    if newest and newest.text == text:
        return newest
    number = newest.number + 1 if newest else 1
    version = PageVersion(name=name, number=number, text=text, html=render_article(text))
    version.save()
    changed()
    return version
