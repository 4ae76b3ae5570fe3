from django.urls import path

from wenpan.district.search import pages

app_name = "search"
urlpatterns = [path("", pages.results, name="search")]
