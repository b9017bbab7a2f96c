"""Django's sessions in the database, read by a prepared query: each signed-in request asks it."""

from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from database.outage import is_outage
from database.prepared import PreparedQuery, param


class SessionStore(DatabaseStore):
    def _get_session_from_db(self) -> Any:
        for session in SESSION.objects(self.session_key):
            if session.expire_date > timezone.now():
                return session
        self._session_key = None
        return None

    def delete(self, session_key: str | None = None) -> None:
        """Delete the session, with the network address and the browser that were noted for it."""
        key = session_key or self.session_key
        super().delete(key)
        if key:
            UserSession.objects.filter(session_key=key).delete()

    def save(self, must_create: bool = False) -> None:
        """Save the session. An outage stays an outage; Django would report
        a deleted session (400).
        """
        try:
            super().save(must_create)
        except UpdateError as error:
            if error.__context__ and is_outage(error.__context__):
                raise error.__context__ from None
            raise


SESSION = PreparedQuery(lambda: Session.objects.filter(session_key=str(param(1))))
