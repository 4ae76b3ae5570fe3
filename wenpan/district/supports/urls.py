"""/supports/…"""

from django.urls import path

from wenpan.district.supports import pages

app_name = "supports"
urlpatterns = [
    path("", pages.table, name="table"),
    path("paper/<slug:what>/", pages.paper, name="paper"),
    path("duties/", pages.duties, name="duties"),
    path("duties/set/", pages.set_duty, name="set_duty"),
]
