import pytest


@pytest.fixture
def outbox(db):
    from email import message_from_bytes, policy

    from django.core import mail
    return lambda: [message_from_bytes(m.message().as_bytes(), policy=policy.default) for m in getattr(mail,"outbox",[])]
