from django.urls import path

from wenpan.district.home import pages

app_name = "home"
urlpatterns = [
    path("", pages.entry, name="entry"),
    path("help/", pages.help_page, name="help"),
    path("healthz", pages.health, name="health"),
]
