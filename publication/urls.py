from django.urls import path

from publication import views

urlpatterns = [
    path("look/<slug:version>.css", views.stylesheet, name="site_look"),
    path("about/<slug:name>/", views.page, name="site_page"),
    path("about/<slug:name>/<int:number>/", views.page, name="site_page_version"),
]
