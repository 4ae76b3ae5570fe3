"""/outbox/…"""

from django.urls import path

from wenpan.district.outbox import pages

app_name = "outbox"
urlpatterns = [
    path("", pages.log, name="log"),
    path("again/", pages.again, name="again"),
    path("mine/", pages.mine, name="mine"),
]
