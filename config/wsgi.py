import os
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from config.postgresql import be_quick
from config.serve.checks import exit_with_message, refuse_unless_migrated, refuse_unless_safe

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

with exit_with_message():
    site: Any = get_wsgi_application()
    refuse_unless_safe()
    be_quick()
    refuse_unless_migrated()
    # The middleware knows the names of cookies, so the settings are loaded first.
    from pagecache.middleware import PageCache

    application = PageCache(site, address=settings.SITE_URL)
