"""/sources/…"""

from django.urls import path

from wenpan.district.collecting import pages

app_name = "collecting"
urlpatterns = [
    path("", pages.sources, name="sources"),
    path("<slug:code>/now/", pages.now, name="now"),
]
