"""/wall/…"""

from django.urls import path

from wenpan.district.wall import pages

app_name = "wall"
urlpatterns = [
    path("", pages.wall, name="wall"),
    path("screen/", pages.screen, name="screen"),
    path("screens/", pages.screens, name="screens"),
    path("screens/open/", pages.open_screen, name="open_screen"),
    path("screens/<int:pk>/revoke/", pages.revoke_screen, name="revoke_screen"),
]
