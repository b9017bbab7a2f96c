"""The addresses of the site as with ANYMAIL_WEBHOOK_SECRET in the environment."""

from django.urls import include, path

from config import urls

urlpatterns = [*urls.urlpatterns, path("anymail/", include("config.webhooks"))]
