import os

from django.core.asgi import get_asgi_application

from config.postgresql import be_quick
from config.serve.checks import exit_with_message, refuse_unless_migrated, refuse_unless_safe

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

with exit_with_message():
    application = get_asgi_application()
    refuse_unless_safe()
    be_quick()
    refuse_unless_migrated()
