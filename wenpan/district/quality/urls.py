"""/quality/…"""

from django.urls import path

from wenpan.district.quality import pages

app_name = "quality"
urlpatterns = [
    path("", pages.returns_checked, name="checks"),
    path("letters/", pages.letters, name="letters"),
    path("letters/new/<int:project>/<str:rule>/", pages.new_letter, name="new_letter"),
    path("letters/issue/", pages.issue, name="issue"),
    path("letters/<int:pk>/", pages.letter, name="letter"),
    path("letters/<int:pk>/answer/", pages.answer, name="answer"),
    path("letters/<int:pk>/close/", pages.close, name="close"),
]
