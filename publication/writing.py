"""Change the site's settings and publish its pages. Views ask who may."""

from django.db import transaction

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


@transaction.atomic
def publish_page(name: str, text: str) -> PageVersion:
    """Publish a new version; the same text again makes none."""
    # One after the other: each number follows the newest.
    Publication.objects.select_for_update().get_or_create(pk=ONLY)
    newest = PageVersion.objects.filter(name=name).order_by("-number").first()
    if newest and newest.text == text:
        return newest
    number = newest.number + 1 if newest else 1
    version = PageVersion(name=name, number=number, text=text, html=render_article(text))
    version.save()
    changed()
    return version
