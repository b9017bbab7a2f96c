from django.urls import path

from privacy.views.delete import delete_account
from privacy.views.export import download, export_data
from privacy.views.privacy import privacy

urlpatterns = [
    path("help/privacy/", privacy, name="privacy"),
    path("accounts/export/", export_data, name="account_export"),
    path("accounts/export/<uuid:pk>/", download, name="account_download"),
    path("accounts/delete/", delete_account, name="account_delete"),
]
