from django.urls import path

from wenpan.district.checkup import pages

app_name = "checkup"
urlpatterns = [
    path("", pages.overview, name="matrix"),
    path("<slug:code>/<slug:aspect>/", pages.gaps, name="gaps"),
]
