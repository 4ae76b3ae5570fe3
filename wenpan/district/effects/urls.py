"""/effects/…"""

from django.urls import path

from wenpan.district.effects import pages

app_name = "effects"
urlpatterns = [
    path("", pages.effects, name="page"),
    path("cases/", pages.cases, name="cases"),
    path("section.docx", pages.section, name="section"),
]
