"""/quality/…"""

from django.urls import path

from wenpan.district.quality import pages
from wenpan.district.quality.draws import pages as draws
from wenpan.district.quality.estimates import pages as estimates
from wenpan.district.quality.relations import pages as relations
from wenpan.district.quality.reporters import pages as reporters
from wenpan.district.quality.training import pages as training

app_name = "quality"
urlpatterns = [
    path("", pages.returns_checked, name="checks"),
    path("accept/", pages.accept, name="accept"),
    path("letters/", pages.letters, name="letters"),
    path("letters/new/<int:project>/<str:rule>/", pages.new_letter, name="new_letter"),
    path("letters/issue/", pages.issue, name="issue"),
    path("letters/<int:pk>/", pages.letter, name="letter"),
    path("letters/<int:pk>/answer/", pages.answer, name="answer"),
    path("letters/<int:pk>/close/", pages.close, name="close"),
    path("reporters/", reporters.reporters, name="reporters"),
    path("reporters/<int:pk>/", reporters.reporter, name="reporter"),
    path("reporters/<int:pk>/remind/", reporters.serve, name="serve"),
    path("outliers/", pages.outliers, name="outliers"),
    path("sources/", pages.sources, name="sources"),
    path("relations/", relations.relations, name="relations"),
    path("relations/propose/", relations.propose, name="propose"),
    path("relations/<int:pk>/", relations.decide, name="decide"),
    path("estimates/", estimates.estimates, name="estimates"),
    path("estimates/bring-in/", estimates.bring_in, name="bring_in"),
    path("training/", training.trainings, name="trainings"),
    path("training/add/", training.add, name="note_training"),
    path("training/<int:pk>/", training.training, name="training"),
    path("draws/", draws.draws, name="draws"),
    path("draws/make/", draws.make, name="make_draw"),
    path("draws/<int:pk>/", draws.draw_page, name="drawn"),
    path("draws/<int:pk>/population/", draws.population, name="population"),
    path("draws/<int:pk>/result/", draws.result, name="note_result"),
]
