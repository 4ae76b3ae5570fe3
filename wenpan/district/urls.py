"""Every address of the program, one line a room."""

from django.urls import include, path

urlpatterns = [
    path("", include("wenpan.district.home.urls")),
    path("accounts/", include("wenpan.district.accounts.urls")),
    path("journal/", include("wenpan.district.journal.urls")),
    path("jobs/", include("wenpan.district.jobs.urls")),
    path("data/", include("wenpan.district.intake.urls")),
    path("ledger/", include("wenpan.district.observations.urls")),
    path("", include("wenpan.district.indicators.urls")),
    path("documents/", include("wenpan.district.bulletins.urls")),
]
