import os

from django.core.wsgi import get_wsgi_application

from config.production import in_one_line, refuse_unless_migrated, refuse_unless_safe

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

with in_one_line():
    application = get_wsgi_application()
    refuse_unless_safe()
    refuse_unless_migrated()
