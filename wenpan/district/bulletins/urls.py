from django.urls import path

from wenpan.district.bulletins import pages

app_name = "bulletins"
urlpatterns = [
    path("", pages.documents, name="list"),
    path("make/", pages.make, name="make"),
    path("refused/<str:as_of>/", pages.refused, name="refused"),
    path("<int:pk>/", pages.document, name="document"),
    path("<int:pk>/docx/", pages.docx, name="docx"),
    path("<int:pk>/pdf/", pages.pdf_page, name="pdf"),
    path("<int:pk>/pictures/<int:number>/", pages.picture, name="picture"),
    path("<int:pk>/against/<int:other>/", pages.compare, name="compare"),
]
