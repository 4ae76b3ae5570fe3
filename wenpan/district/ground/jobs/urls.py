from django.urls import path

from wenpan.district.ground.jobs import pages

app_name = "jobs"
urlpatterns = [
    path("", pages.listing, name="list"),
    path("<int:pk>/", pages.progress, name="progress"),
]
