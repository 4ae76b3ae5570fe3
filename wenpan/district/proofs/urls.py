"""/proofs/…"""

from django.urls import path

from wenpan.district.proofs import pages

app_name = "proofs"
urlpatterns = [
    path("", pages.papers, name="papers"),
    path("upload/", pages.upload, name="upload"),
    path("refused/<slug:token>/", pages.refused, name="refused"),
    path("<int:pk>/", pages.paper, name="paper"),
    path("<int:pk>/again/", pages.again, name="again"),
    path("<int:pk>/docx/", pages.copy, name="copy"),
]
