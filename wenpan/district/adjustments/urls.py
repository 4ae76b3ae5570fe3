from django.urls import path

from wenpan.district.adjustments import pages

app_name = "adjustments"
urlpatterns = [
    path("", pages.listing, name="list"),
    path("<slug:code>/change/", pages.change, name="change"),
    path("<int:pk>/decide/", pages.decide, name="decide"),
]
