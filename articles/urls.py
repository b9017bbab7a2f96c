from django.contrib.sitemaps.views import sitemap
from django.urls import path
from django.views.decorators.http import conditional_page

from articles import views
from articles.feeds import ArticlesFeed
from articles.sitemaps import SITEMAPS

urlpatterns = [
    path("", views.home, name="home"),
    path("topics/", views.topics, name="topics"),
    path("topics/<slug:slug>/", views.topic, name="topic"),
    path("articles/<slug:slug>/", views.article, name="article"),
    path("feeds/articles/", ArticlesFeed(), name="articles_feed"),
    path("sitemap.xml", conditional_page(sitemap), {"sitemaps": SITEMAPS}, name="sitemap"),
]
