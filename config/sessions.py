"""Sessions in the database, as Django keeps them; every page of somebody signed in begins with this question."""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from articles.statements import FIRST, Statement


class SessionStore(DatabaseStore):
    def _get_session_from_db(self) -> Any:
        for found in SESSION.instances(self.session_key):
            if found.expire_date > timezone.now():
                return found
        self._session_key = None
        return None


SESSION = Statement(lambda: Session.objects.filter(session_key=str(FIRST)))
