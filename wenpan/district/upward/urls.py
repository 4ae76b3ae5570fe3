"""/upward/…"""

from django.urls import path

from wenpan.district.upward import pages

app_name = "upward"
urlpatterns = [
    path("", pages.contacts, name="contacts"),
    path("note/", pages.note, name="note"),
]
