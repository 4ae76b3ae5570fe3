"""Addresses of the library."""

from django.urls import path

from wenpan.district.library import pages

app_name = "library"
urlpatterns = [
    path("", pages.listing, name="list"),
    path("add/", pages.add, name="add"),
    path("<int:pk>/", pages.paper, name="paper"),
    path("<int:pk>/original/", pages.original, name="original"),
    path("<int:pk>/send/", pages.send, name="send"),
    path("<int:pk>/receive/", pages.receive, name="receive"),
    path("<int:pk>/read/", pages.read, name="read"),
    path("<int:pk>/mark/", pages.mark, name="mark"),
    path("<int:pk>/propose/", pages.propose, name="propose"),
]
