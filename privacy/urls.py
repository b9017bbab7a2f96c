from django.urls import path

from privacy.views.privacy import privacy

urlpatterns = [
    path("help/privacy/", privacy, name="privacy"),
]
