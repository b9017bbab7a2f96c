"""Two administrators publish at the same moment."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from publication.models import PageVersion
from publication.writing import publish_page


def publish(text: str) -> None:
    try:
        publish_page("rules", text)
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_two_publishings_of_one_page_are_two_versions() -> None:
    texts = ["Be kind.", "Be brief.", "Name your sources.", "Stay on the subject."]
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(publish, texts))
    versions = PageVersion.objects.filter(name="rules").order_by("number")
    assert [version.number for version in versions] == [1, 2, 3, 4]
    assert {version.text for version in versions} == set(texts)
