import pytest
from django.test import Client


@pytest.fixture
def browser() -> Client:
    return Client()
