"""/ledger/…"""

from django.urls import path

from wenpan.district.observations import pages

app_name = "observations"
urlpatterns = [
    path("", pages.figures, name="ledger"),
    path("releases/", pages.release_calendar, name="releases"),
    path("batches/", pages.batches, name="batches"),
    path("estimates/", pages.own_estimates, name="estimates"),
    path("figures/<int:pk>/", pages.origin, name="origin"),
]
