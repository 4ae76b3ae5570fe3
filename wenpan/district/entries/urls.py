"""/entries/…"""

from django.urls import path

from wenpan.district.entries import pages

app_name = "entries"
urlpatterns = [
    path("", pages.progress, name="progress"),
    path("batches/", pages.calendar, name="batches"),
    path("list/", pages.listing, name="list"),
    path("add/", pages.add, name="add"),
    path("<int:pk>/", pages.candidate, name="candidate"),
    path("<int:pk>/step/", pages.step, name="step"),
    path("<int:pk>/cancel/", pages.cancel, name="cancel"),
    path("<int:pk>/fact/", pages.fact, name="fact"),
    path("<int:pk>/paper/", pages.paper, name="paper"),
]
