"""Sessions in the database, as Django keeps them; every page of
somebody signed in begins with this question.
"""

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
        for found in SESSION.objects(self.session_key):
            if found.expire_date > timezone.now():
                return found
        self._session_key = None
        return None

    def delete(self, session_key: str | None = None) -> None:
        """Delete the session, and with it the network
        address and the browser that were noted for it.
        """
        key = session_key or self.session_key
        super().delete(key)
        if key:
            UserSession.objects.filter(session_key=key).delete()

    def save(self, must_create: bool = False) -> None:
        """Save, and let an outage through: Django takes it for a session that was deleted, a 400."""
        try:
            super().save(must_create)
        except UpdateError as error:
            if error.__context__ and is_outage(error.__context__):
                raise error.__context__ from None
            raise


SESSION = PreparedQuery(lambda: Session.objects.filter(session_key=str(param(1))))
