"""/data/…"""

from django.urls import path

from wenpan.district.intake import downloads, layout_pages, pages

app_name = "intake"
urlpatterns = [
    path("", pages.listing, name="list"),
    path("upload/", pages.upload, name="upload"),
    path("samples/", downloads.samples, name="samples"),
    path("samples/<str:name>", downloads.sample, name="sample"),
    path("layouts/", layout_pages.layouts, name="layouts"),
    path("layouts/<int:pk>/", layout_pages.taught_layout, name="taught"),
    path("layouts/<int:pk>/take-back/", layout_pages.take_back, name="take_back"),
    path("<int:pk>/alias/", layout_pages.alias, name="alias"),
    path("<int:pk>/", pages.submission, name="submission"),
    path("<int:pk>/check/", pages.recheck, name="check"),
    path("<int:pk>/period/", pages.period, name="period"),
    path("<int:pk>/layout/", layout_pages.layout, name="layout"),
    path("<int:pk>/tables/", layout_pages.tables, name="tables"),
    path("<int:pk>/accept/", pages.accept, name="accept"),
    path("<int:pk>/withdraw/", pages.withdraw, name="withdraw"),
    path("<int:pk>/send-back/", pages.send_back, name="send_back"),
    path("<int:pk>/undo/", pages.undo, name="undo"),
    path("<int:pk>/original/", downloads.original, name="original"),
    path("<int:pk>/marked/", downloads.marked, name="marked"),
]
